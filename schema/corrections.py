"""What curators state against the documents."""

from typing import TYPE_CHECKING

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import choice, local_id, one_of, related
from programme.schema.vocabularies import CorrectionSubject

if TYPE_CHECKING:
    from programme.schema.documents import Document


class Correction(SQLModel, table=True):
    """A correction of one field, which outranks every document. One row per document, subject and field."""

    __tablename__ = "corrections"
    __table_args__ = (
        one_of("corrections", "subject_type", CorrectionSubject),
        Index("corrections_document_id", "document_id"),
        Index("corrections_target_key", "target_key"),
    )

    id: int = local_id()
    document_id: int = Field(foreign_key="documents.id", description="The document that states it.")
    line_start: int = Field(description="First line of it, from 1.")
    line_end: int = Field(description="Last line of it.")
    path: str | None = Field(default=None, description="Its place in the document: `corrections[3].title`.")
    subject_type: CorrectionSubject = choice(
        CorrectionSubject, "What it is about: a `paper`, `session`, `slot`, `entry` of a listing or `author`."
    )
    subject: str = Field(
        description="Which one: a key, an identifier such as `arxiv:2103.00020`, or title and edition as JSON."
    )
    field: str = Field(description="The field corrected, or what is stated of the subject: `same_paper`.")
    value: str = Field(description="The right value, as JSON.")
    reason: str = Field(description="Why, as the curator states it.")
    target_key: str | None = Field(
        default=None, description="Key of the paper, session, listing or author that it applies to; null for none."
    )

    document: "Document" = related("corrections")
