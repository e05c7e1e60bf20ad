import pytest

from domain.unit_labels import is_label, label_of


@pytest.mark.parametrize(
    "typed",
    ["3-2-501", "３－２－５０１", "3栋2单元501", "3栋2单元501室", "3幢 2单元 501号", "3 2 501", "3#2-501", "03-02-0501",
     "3号楼2单元501房", "3—2—501", "3/2/501", " 3-2-501 ", "3栋2单元5层501"],
)  # fmt: skip
def test_a_unit_is_understood_however_it_is_written(typed):
    assert label_of(typed) == "3-2-501"


@pytest.mark.parametrize("typed", ["a-1203", "A座1203", "A1203", "Ａ座１２０３室"])
def test_an_office_is_understood_however_it_is_written(typed):
    assert label_of(typed) == "A-1203"


@pytest.mark.parametrize("typed", ["", "   ", "-", "室", "\U0001f3e0", "0"])
def test_what_is_no_unit_does_no_harm(typed):
    assert label_of(typed) in ("", "🏠", "0")


@pytest.mark.parametrize("typed", ["3-2-501", "3栋2单元501", "A-1203", "A座1203", "12-1", "6-S1"])
def test_a_unit_is_told_from_a_number_or_a_name(typed):
    assert is_label(typed)


@pytest.mark.parametrize(
    "typed",
    ["13800138000", "138-0013-8000", "0755-26000000", "010-65001234", "+86 138 0013 8000", "刘女士", "lns", "501"],
)
def test_a_number_or_a_name_is_no_unit(typed):
    assert not is_label(typed)
