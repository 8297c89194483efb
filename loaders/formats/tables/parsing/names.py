"""The names that columns have, by what they hold; as people and exports write them, compared by `plain_name`."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from programme.patterns import lazy_pattern

_NOT_WORD = lazy_pattern(r"[\W_]+")
_PLURAL = lazy_pattern(r"\((e?s)\)")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return the name of a column as it is compared: in lower case, without accents, punctuation and spaces.

    >>> plain_name(" Author_Name(s) "), plain_name("paperTitle"), plain_name("Título"), plain_name("论文 标题")
    ('authornames', 'papertitle', 'titulo', '论文标题')
    """
    if not name.isascii():
        name = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return _NOT_WORD.sub("", _PLURAL.sub(r"\1", name).casefold())


def _names(text: str) -> tuple[str, ...]:
    return tuple(map(plain_name, text.split()))


ROLES: dict[str, tuple[str, ...]] = {
    "title": _names(
        """papertitle titleofpaper titleofthepaper submissiontitle titleofsubmission contributiontitle articletitle
        documenttitle talktitle presentationtitle postertitle fulltitle title headline
        titles papername nameofpaper titel titre
        titulo titolo paper talk presentation vortragstitel beitragstitel
        论文标题 论文题目 论文名称 标题 题目 论文 論文タイトル タイトル 題目"""
    ),
    "authors": _names(
        """authorfullnames authorsfullnames authors authornames authorsnames authorlist authorslist allauthors
        paperauthors allauthorsandorganizations authorsandaffiliations authorswithaffiliations author authorname
        namesofauthors listofauthors byline creators speakers speaker speakernames speakername presenters
        presenter persons performers performer primaryauthors
        autoren auteurs autores autori autor auteur autorinnenundautoren vortragende referenten 作者
        作者列表 论文作者 著者 著者名"""
    ),
    "affiliations": _names(
        """affiliations affiliation authoraffiliations authorsaffiliations authoraffiliation institutions institution
        organizations organisations organization organisation aff addresses institutionen einrichtung etablissement
        afiliacion
        单位 作者单位 机构 所属"""
    ),
    "abstract": _names(
        """abstract paperabstract abstracttext abstractnote abstracts summary description resume zusammenfassung
        kurzfassung resumen resumo riassunto 摘要 概要"""
    ),
    "code": _names(
        """code codeurl codelink codelinks codes sourcecode officialcode officialimplementation implementation
        codebase coderepository coderepo linktocode github githuburl githublink githubrepo githubrepository
        urlgithub gitlab repo repos repourl repolink repository repositoryurl repositorylink quellcode quelltext
        codigo 代码 代码链接 代码地址 源代码 コード"""
    ),
    "project": _names(
        """project projectpage projecturl projectlink projectwebsite urlproject website webpage homepage demo demourl
        demolink dataset dataseturl datasetlink data video videourl videolink youtube youtubeurl recording slides
        slidesurl slideslink posterurl posterlink posterpdf supplementary supplementaryurl blog blogpost"""
    ),
    "paper": _names(
        """url urls urlabs link links paperurl paperlink paperlinks paperpage papersite pdf pdfurl pdflink urlpdf
        paperpdf paperurlabs paperurlpdf conferenceurlabs conferenceurlpdf forum forumurl forumid openreview
        openreviewurl openreviewlink openreviewid openreviewidentifier noteid arxiv arxivurl arxivlink arxivid
        arxividentifier articleurl fulltexturl documenturl ee sameas
        paperarxivid doi doiurl doilink acl aclid aclurl anthology anthologyid anthologyurl html site permalink href
        preprint oa absurl abs proceedingsurl proceedingslink paper 论文链接 论文地址 链接 原文链接"""
    ),
    "official": _names("isofficial official"),
    "venue": _names(
        """conference conf venue conferencename conferencetitle meetingname venuename conferenceseries conferenceyear
        venueyear booktitle proceedings proceedingstitle proceeding publicationtitle sourcetitle secondarytitle journal
        journaltitle journalname containertitle ispartof publishedin publication event source konferenz
        tagung conferencia conferenza 会议 会议名称 学会"""
    ),
    "year": _names(
        "year publicationyear publishedyear confyear conferenceyear pubyear jahr annee ano anno 年份 年度 年"
    ),
    "kind": _names(
        """decision finaldecision acceptance accepttype acceptancetype presentationtype presentationformat
        papertype contributiontype submissiontype oralposter presentation type kind status category format art
        typ 类型 类别 種別"""
    ),
    "track": _names("track trackname tracks"),
    "session": _names(
        """session sessionname sessiontitle sessions sessionnumber sessionid block sitzung sektion seance sesion
        sessao sessione 分会场 场次 セッション"""
    ),
    "date": _names("""date day sessiondate presentationdate dates startdate date1 datum fecha jour giorno 日期 日付"""),
    "start": _names(
        """start starttime startsat startat begin begintime starts timestart from sessionstart startdatetime datetime
        eventstart eventstarttime beginn anfang startzeit von debut inicio inizio 开始时间 開始 開始時刻
        startdate"""
    ),
    "end": _names(
        """end endtime endsat endat finish ends timeend to until sessionend enddatetime eventend eventendtime
        ende endzeit bis fin fim fine 结束时间 終了 終了時刻 enddate"""
    ),
    "duration": _names("duration durationminutes length dauer duree duracion durata 时长"),
    "time": _names(
        """time timeslot times time1 sessiontime presentationtime slot schedule timerange hour hours when zeit uhrzeit
        heure hora horario ora 时间 時間"""
    ),
    "date2": _names("date2"),
    "time2": _names("time2"),
    "zone": _names("timezone timezonename tz zone"),
    "room": _names(
        """room roomname roomlocation location venueroom hall auditorium roomnumber place where raum saal horsaal ort
        salle sala aula lieu 地点 会议室 教室 会場"""
    ),
    "board": _names(
        """posternumber posterno posterid posternum posterboard posterboardnumber posterposition posterlocation
        boardnumber boardno board assignedboard poster"""
    ),
    "award": _names("award awards prize paperaward"),
    "chair": _names(
        """chair chairs sessionchair sessionchairs moderator moderators vorsitz sitzungsleitung 主持人 座長"""
    ),
    "number": _names("uid paperid papernumber paperno pid submissionid submissionnumber number id"),
    "upvotes": _names("upvotes votes"),
    "notes": _names("extra notes note externalids comments comment remarks bemerkungen 备注"),
}
"""What a column may hold, and the names it has then, the more certain first."""

SEVERAL = ("code", "project", "paper", "venue", "notes")
"""Roles that several columns may have, such as `pdf` and `forum`."""

NAMED_BY = frozenset(_names("authors authornames authorlist authorslist allauthors paperauthors 作者 著者"))
"""Names of columns of authors beside which a column `name` holds titles: people have no authors."""

ZONED = _names("date start end time date2 time2")
"""Roles whose columns may have a time zone in their names."""

LISTS_OF_PAPERS = frozenset({"papers", "talks", "presentations", "contributions"})
"""Keys of sessions that hold their papers."""

SCHEDULE = _names("session track date start end duration time date2 time2 zone room board award chair")
"""Roles that mean something in a schedule only."""

IGNORED = lazy_pattern(
    r".*(?:emails?|keywords?|orcids?|stars?|scores?|ratings?|reviews?|reviewers?|areas?|citations?|thumbnails?|images?)|"
    r"gender|pronouns|phone|tags?|topics?|tldr|confidences?|count|index|unnamed.*|bib(?:tex)?|contact.*|corresponding.*|"
    r"country|municipality|city|notes?|position|lastupdated?|lastmodified|created|utc|(?:event|local|session)?id|hindex|"
    r"emails?.*|orcid.*|keywords?.*|volume|number|issue|pages?|pagerange|(?:start|end|first|last)page|"
    r"page(?:start|end|count)|artno|publisher|editors?|e?issn|e?isbn\d*|coden|language.*|eid|pmid|pubmedid|cit(?:ed?by|es|esurl|edreferences)|"
    r"primaryauthors|coauthors|sessionorsubsession.*|timescited.*|cites\w+|gsrank|querydate|ecc|relatedurl|citationurl|authorcount|authors?ids?|fundingdetails|sponsors"
)
"""Columns that are known and not read: contact data, scores, keywords, pictures, numbers, pages, citations."""

ZOTERO = frozenset({"itemtype", "publicationyear", "author", "title"})
"""Columns by which an export of Zotero is recognised."""

ZOTERO_READ = frozenset(
    "title author publicationyear publicationtitle conferencename doi url abstractnote extra notes".split()  # noqa: SIM905
)
"""Those that are read: of the others `Code`, `Place`, `Session` and more mean something else than in a schedule."""

WEB_OF_SCIENCE = {
    "ti": "title", "af": "authorfullnames", "au": "authors", "c1": "addresses", "ab": "abstract", "di": "doi",
    "ct": "conferencetitle", "so": "sourcetitle", "py": "publicationyear",
}  # fmt: skip
"""Codes for columns in exports of Web of Science, and the names that they stand for."""

_CODES = frozenset({"pt", "au", "ti", "so"})
"""Codes by which such an export is recognised."""

PUBLISHED = frozenset(
    _names("booktitle proceedings proceedingstitle publicationtitle sourcetitle secondarytitle journal journaltitle"
           " journalname containertitle publication source so")
)  # fmt: skip
"""Names of columns that say in what a paper was published."""

NO_PAPERS = frozenset(
    """
    artwork audiorecording bill blogpost book case computerprogram dataset dictionaryentry email encyclopediaarticle
    film forumpost hearing instantmessage interview letter map newspaperarticle patent podcast radiobroadcast statute
    thesis tvbroadcast videorecording webpage
    """.split()  # noqa: SIM905
)
"""Types of items in Zotero, as `plain_name` writes them, that are no papers."""


def codes(names: Iterable[str]) -> dict[str, str]:
    """Return what the codes stand for that a table has for the names of its columns; empty for most tables.

    >>> codes(["PT", "AU", "TI", "SO"])["ti"], codes(["TI", "AU"])
    ('title', {})
    """
    return WEB_OF_SCIENCE if {plain_name(name) for name in names} >= _CODES else {}


OF_PUBLICATIONS = frozenset({"doi", "doilink", *PUBLISHED} - {"source", "so", "publication"})
"""Names of columns of papers beside which an ISBN is that of their proceedings."""

FOREIGN = lazy_pattern(r".*deadlines?|isbn\d*|price|genres?|artists?|album|episode|director|body|bodyhtml|eventtype")
"""Columns of tables that list something else: deadlines, books, songs, films, posts."""
