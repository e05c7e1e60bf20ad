"""`flask user …`: accounts from the server's command line."""

import pytest

from queries import users


@pytest.fixture
def run(app, cast):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["user", *words])


def test_a_colleague_is_added_with_a_link_to_choose_a_password(app, run):
    answer = run("add", "liu", "刘工", "--role", "technician", "--site", "YH", "--department", "engineering")
    assert answer.exit_code == 0, answer.output
    secret = answer.output.strip().split("/invitation/")[1]
    assert users.of_invitation(secret).username == "liu"


@pytest.mark.parametrize(
    "words",
    [
        ("add", "liu", "刘工", "--role", "technician", "--site", "YH"),
        ("add", "liu", "刘工", "--role", "technician", "--site", "XX"),
        ("add", "agent-yh", "刘工", "--role", "leader"),
        ("invite", "nobody"),
        ("disable", "administrator"),
    ],
)
def test_what_cannot_be_is_refused_in_words(run, words):
    answer = run(*words)
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")


def test_accounts_are_listed_unlocked_invited_and_disabled(run):
    assert "agent-YH" in run("list").output
    for command in ("unlock", "invite", "disable"):
        assert run(command, "agent-YH").exit_code == 0
    assert "disabled" in next(line for line in run("list").output.splitlines() if line.startswith("agent-YH"))
