"""A form outside the lifecycle."""

from forms.sent import SentForm


class PlainForm(SentForm):
    """It causes no event; still the house may refuse a field after the form itself had nothing against it."""

    is_overtaken = False  # whether somebody else has saved meanwhile what this form was to overwrite

    def refuse(self, name: str, sentence: str) -> None:
        """Say at the field what the house refused; at the first visible one if the form does not have it."""
        field = self[name] if name in self else next(f for f in self if f.widget.input_type != "hidden")
        field.errors = (*field.errors, sentence)
