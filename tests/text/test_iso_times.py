from datetime import date

import pytest

from programme.loaders.records import Moments
from programme.loaders.text.iso_times import moments


@pytest.mark.parametrize(
    ("start", "end", "starts_at", "ends_at", "zone"),
    [
        ("2024-07-23T10:30:00-07:00", "2024-07-23T11:30:00-07:00", "17:30", "18:30", "Etc/GMT+7"),
        ("2024-07-23T22:30:00-07:00", "2024-07-24T00:30:00-07:00", "2024-07-24T05:30", "2024-07-24T07:30", "Etc/GMT+7"),
        ("2024-07-23T10:30:00Z", "2024-07-23T10:30:00.5Z", "10:30", "10:30", "UTC"),
        ("2024-07-23 10:30:00+00:00", None, "10:30", None, "UTC"),
        ("2024-07-23 10:30:00 +0200", "", "08:30", None, "Etc/GMT-2"),
        ("2024-07-23T10:30:00.123456789Z", "soon", "10:30", None, "UTC"),
        ("20240723T103000Z", "2024-07-23T10:29:59Z", "10:30", None, "UTC"),
        ("2024-07-23T16:00:00+05:30", None, "10:30", None, None),
        ("2024-07-23 10:30 UTC", "2024-07-23 10:30 UTC", "10:30", "10:30", "UTC"),
    ],
)
def test_moments(start: str, end: str | None, starts_at: str, ends_at: str | None, zone: str | None) -> None:
    def whole(text: str | None) -> str | None:
        return text and f"2024-07-23T{text}:00Z"[-20:] if text and len(text) == 5 else text and f"{text}:00Z"

    assert moments(start, end) == Moments(str(whole(starts_at)), whole(ends_at), date(2024, 7, 23), zone)


@pytest.mark.parametrize(
    "start",
    ["", "soon", "2024-07-23", "2024-07-23T10:30:00", "2024-07-23T25:00Z", "0001-01-01T00:00:00+14:00", "9" * 99],
)
def test_texts_without_an_instant(start: str) -> None:
    assert moments(start, None) is None


def test_a_time_without_an_offset_is_read_in_the_given_zone() -> None:
    assert moments("2024-07-23T10:30:00", "2024-07-23T11:30:00", "Europe/Vienna") == Moments(
        "2024-07-23T08:30:00Z", "2024-07-23T09:30:00Z", date(2024, 7, 23), "Europe/Vienna"
    )
    assert moments("2024-07-23T10:30:00", None, "Mars/Olympus") is None
