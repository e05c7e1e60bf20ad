import pytest

from domain.phone_numbers import normalised


@pytest.mark.parametrize(
    "typed",
    ["13800138000", "138 0013 8000", "138-0013-8000", "+86 138 0013 8000", "0086 13800138000", "１３８００１３８０００",
     " 138\u30000013\u30008000 ", "+8613800138000"],
)  # fmt: skip
def test_a_mobile_number_has_one_form(typed):
    assert normalised(typed) == "+8613800138000"


@pytest.mark.parametrize(
    "typed", ["0755-26001234", "(0755) 2600 1234", "+86 755 2600 1234", "０７５５２６００１２３４"]
)
def test_a_landline_has_one_form(typed):
    assert normalised(typed) == "+8675526001234"


@pytest.mark.parametrize(
    "typed", ["0755-26001234转801", "0755-26001234 转 801", "0755 26001234 分机801", "0755-26001234 ext. 801"]
)
def test_an_extension_is_kept(typed):
    assert normalised(typed) == "+8675526001234;ext=801"


def test_a_number_from_abroad_is_kept_with_its_country():
    assert normalised("+44 20 7946 0018") == "+442079460018"


@pytest.mark.parametrize("typed", ["1380013", "26001234", "95588", "no number", "", "1" * 39])
def test_what_is_no_whole_number_stays_as_typed(typed):
    assert normalised(typed) == typed


def test_what_is_kept_fits_its_column():
    assert len(normalised("9" * 500)) == 40
