"""`flask demo …`: the estate to try things out with, from the server's command line."""

from actions.demo import removal


def test_a_demo_that_was_removed_does_not_come_back_at_the_next_start(app):
    settings, run = app.extensions["settings"], app.test_cli_runner().invoke
    assert run(args=["demo", "load"]).exit_code == 0
    assert not settings.demo_removed.exists()

    assert run(args=["demo", "remove"], input="n\n").exit_code == 1
    assert removal.demo_companies() and not settings.demo_removed.exists()

    assert run(args=["demo", "remove", "--yes"]).exit_code == 0
    assert not removal.demo_companies()
    assert settings.demo_removed.exists()
    settings.demo_removed.unlink()
