import pytest

from programme.loaders.text.clocks import infer_afternoons
from programme.loaders.text.times import parse_time


@pytest.mark.parametrize(
    ("printed", "starts"),
    [
        ("20: 11:30 - 12:00, 20: 12:00 - 1:00, 20: 1:00 - 2:00", "11:30 12:00 13:00"),
        ("20: 9:00, 20: 2:00, 20: 3:00, 21: 9:00", "09:00 14:00 15:00 09:00"),
        ("20: 11:00, 20: 11:00, 20: 1:00", "11:00 11:00 13:00"),
        ("20: 09:00, 20: 2:00", "09:00 02:00"),
        ("20: 11:00, 20: 2:00, 20: 15:00", "11:00 02:00 15:00"),
        ("20: 11:00 a.m., 20: 2:00 a.m.", "11:00 02:00"),
        ("20: 9:00, 20: 2:00, 20: 1:00", "09:00 02:00 01:00"),
        ("20: 7:00, 20: 8:00", "07:00 08:00"),
        ("20: 10:00, 20: 11:00, 20: 9:00", "10:00 11:00 09:00"),
    ],
)
def test_afternoons_inferred_from_the_order(printed: str, starts: str) -> None:
    lines = [f"{day} July {clock} PDT" for day, clock in (item.split(": ") for item in printed.split(", "))]
    times = [time for line in lines if (time := parse_time(line))]
    read = infer_afternoons(times, lines)
    assert [f"{time.starts:%H:%M}" for time in read] == starts.split()
    assert all(new.doubt for new, old in zip(read, times, strict=True) if new != old)
