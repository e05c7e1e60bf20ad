"""Broken on purpose: each line says what is broken, in which file, how, and which tests must notice.

`python -m bench.offline_mutants` breaks them one by one; tests/house_rules/test_mutants.py sees that each still can be.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """The product with one line changed: the first place in `file` that says `old` says `new`."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]  # "module::test" in tests/offline/, or a path from the root


PHONE, SERVER = "static/js/phone/", "actions/"

EMPTIED = "test_storage::test_what_waits_outlives_a_browser_that_empties_its_database"

MUTANTS = [
    # What settles an entry
    Mutant(
        "whatever answers 200 has taken it",
        PHONE + "sending.js",
        "if (isAbout(said) && verdicts.has(said.verdict)) {",
        'if (response.status === 200) said.verdict ??= "applied";\n  if (verdicts.has(said.verdict)) {',
        ("test_delivery::test_a_page_that_says_200_in_the_servers_place_settles_nothing",),
    ),
    Mutant(
        "an ill server counts as a yes",
        PHONE + "sending.js",
        'return { outcome: "server", error: `HTTP ${response.status}` };',
        'return { outcome: "verdict", answer: { verdict: "applied" } };',
        ("test_delivery::test_a_server_that_stumbles_is_asked_again",),
    ),
    Mutant(
        "the door counts as a yes",
        PHONE + "sending.js",
        'return { outcome: "sign_in", error: "sign_in" };',
        'return { outcome: "verdict", answer: { verdict: "applied" } };',
        ("test_people::test_a_session_that_ended_keeps_the_entry_until_somebody_signs_in_again",),
    ),
    Mutant(
        "done before it is sent",
        PHONE + "delivery.js",
        "const { outcome, answer, error } = await sendWords(",
        'await change(tried, { state: "done" });\n  const { outcome, answer, error } = await sendWords(',
        ("test_delivery::test_a_server_killed_while_it_answers_loses_nothing",),
    ),
    Mutant(
        "the id is made when it is sent",
        PHONE + "delivery.js",
        "({ first_try: now.first_try ?? Date.now()",
        "({ id: crypto.randomUUID(), first_try: now.first_try ?? Date.now()",
        ("test_delivery::test_an_answer_lost_twice_is_no_second_report",),
    ),
    Mutant(
        "a photo is done whatever its answer says",
        PHONE + "sending.js",
        "(said) => said.entry === entry.id && said.photo === sha256, PHOTO_VERDICTS)",
        '(said) => (said.verdict = "kept"), PHOTO_VERDICTS)',
        ("test_photos::test_half_a_photo_is_not_kept_and_comes_again",),
    ),
    Mutant(
        "what was cut off on its way is taken for the whole",
        "blueprints/entries.py",
        " or is_cut_off():",
        ":",
        ("test_photos::test_words_cut_off_before_their_photos_were_named_come_again",),
    ),
    Mutant(
        "a photo on a thin line is given up and begun anew for ever",
        PHONE + "sending.js",
        "patience: PHOTO_PATIENCE + bytes.byteLength / THINNEST",
        "patience: PHOTO_PATIENCE",
        ("test_photos::test_a_photo_on_a_thin_line_is_given_the_time_it_needs",),
    ),
    # The tap
    Mutant(
        "three taps are three entries",
        PHONE + "capture.js",
        "if (!underWay.has(form)) write(",
        "write(",
        ("test_delivery::test_three_taps_in_a_row_are_one_entry",),
    ),
    Mutant(
        '"saved" before it is',
        PHONE + "capture.js",
        "await add(entry, photosOf(form)",
        "add(entry, photosOf(form)",
        ("test_storage::test_storage_that_stays_dead_is_said_to_have_saved_nothing",),
    ),
    Mutant(
        "a form that could not be saved is emptied",
        PHONE + "capture.js",
        "complain(form, error);\n  } finally",
        "forget(form);\n    complain(form, error);\n  } finally",
        ("test_storage::test_storage_that_stays_dead_is_said_to_have_saved_nothing",),
    ),
    Mutant(
        "what waits has no second copy",
        PHONE + "entries.js",
        "if (place !== undefined) await spare({ sequence: place, ...entry }, bytes);",
        "",
        (EMPTIED,),
    ),
    Mutant(
        "an emptied database stays empty",
        PHONE + "phone_id.js",
        "of spares())",
        "of [])",
        (EMPTIED,),
    ),
    Mutant(
        "what was discarded comes back with an emptied database",
        PHONE + "entries.js",
        'if (after.state === "withdrawn") await dropSpare(after);\n  else if',
        "if",
        (EMPTIED,),
    ),
    Mutant(
        "what came back was never tried",
        PHONE + "phone_id.js",
        "first_try: entry.first_try ?? Date.now()",
        "first_try: null",
        (EMPTIED,),
    ),
    Mutant(
        "second copies of what has arrived stay for ever",
        PHONE + "spares.js",
        "await dropWhere(kept, there, (place) => !places.has(place));",
        "",
        (EMPTIED,),
    ),
    Mutant(
        "a page takes taps of whoever holds the phone",
        PHONE + "capture.js",
        "if (person.id !== page?.id) throw",
        "if (person.id === null) throw",
        ("test_people::test_a_page_of_somebody_who_has_left_takes_no_taps",),
    ),
    Mutant(
        "half-written forms are forgotten",
        PHONE + "drafts.js",
        "isEmpty ? drafts.delete(",
        "isEmpty || draft ? drafts.delete(",
        ("test_storage::test_a_half_written_form_and_its_photo_survive_the_camera_killing_the_page",),
    ),
    Mutant(
        "what was sent comes back as a draft",
        PHONE + "drafts.js",
        "if (sent.has(form)) return;",
        "",
        ("test_storage::test_what_was_sent_does_not_come_back_as_a_draft_when_the_phone_is_put_away_at_once",),
    ),
    Mutant(
        "a photo that was removed comes back with the next one",
        PHONE + "chosen.js",
        "{ field, ...(await shrunk(file)) };\n      put(form, [...photosOf(form), photo]);",
        "[...photosOf(form), { field, ...(await shrunk(file)) }];\n      put(form, photo);",
        ("test_photos::test_a_photo_removed_while_the_next_is_made_small_stays_removed",),
    ),
    # The order
    Mutant(
        "the last one first",
        PHONE + "delivery.js",
        "return mine.find((entry) => wordsWait(entry)",
        "return mine.findLast((entry) => wordsWait(entry)",
        ("test_delivery::test_two_tabs_know_the_same_and_send_each_entry_once",),
    ),
    Mutant(
        "what follows a refused entry is sent all the same",
        PHONE + "delivery.js",
        " && !waitsFor(entry));",
        ");",
        ("test_conflicts::test_a_job_given_to_somebody_else_is_said_so_and_only_that_job_waits",),
    ),
    Mutant(
        "a refused entry holds up everything",
        PHONE + "delivery.js",
        "chain === entry.chain && sequence < entry.sequence);\n  return mine.find(",
        "sequence < entry.sequence);\n  return mine.find(",
        ("test_conflicts::test_a_job_given_to_somebody_else_is_said_so_and_only_that_job_waits",),
    ),
    Mutant(
        "one entry the server breaks on holds up everything",
        PHONE + "delivery.js",
        'if (outcome !== "server" || !isAlone(now)) return',
        "if (true) return",
        ("test_delivery::test_an_entry_the_server_breaks_on_does_not_stop_the_other_jobs",),
    ),
    Mutant(
        "a lock left by a dead page stays",
        PHONE + "delivery.js",
        'if (got !== "busy" || ',
        "if (true || ",
        ("test_delivery::test_a_lock_left_by_a_dead_page_is_broken",),
    ),
    Mutant(
        "nobody is told of what is stuck",
        PHONE + "settling.js",
        "if (isOverdue(next)) ",
        "if (false) ",
        ("test_storage::test_an_entry_stuck_for_a_day_asks_for_attention_and_can_be_carried_to_the_centre",),
    ),
    Mutant(
        "photos of a refused entry stay on the phone",
        PHONE + "entries.js",
        "Boolean(entry.answer) && !SETTLED.has(entry.state)",
        'Boolean(entry.answer) && entry.state === "photos"',
        ("test_conflicts::test_photos_of_a_completion_that_came_too_late_reach_the_centre",),
    ),
    Mutant(
        "discarded without asking whether it had arrived",
        PHONE + "entries.js",
        "now.first_try || now.answer ? {}",
        "now.answer ? {}",
        ("test_exactly_once::test_discarding_what_had_arrived_is_told_so",),
    ),
    # People
    Mutant(
        "other people's entries are sent, too",
        PHONE + "delivery.js",
        "import { change, clean, of, ",
        "import { all as of, change, clean, ",
        ("test_people::test_a_shared_phone_keeps_each_persons_entries_apart",),
    ),
    Mutant(
        "pages of the one before stay",
        PHONE + "person.js",
        "if (!same) await forgetPagesOfOthers(person.id);",
        "",
        ("test_people::test_somebody_signs_in_over_another_without_signing_out",),
    ),
    Mutant(
        "the server takes entries under any name",
        "blueprints/verdicts.py",
        'if request.headers.get("X-Person") == str(current_user.id):',
        "if True:",
        ("test_people::test_the_server_takes_no_entry_under_another_name",),
    ),
    Mutant(
        "other origins may send entries",
        "blueprints/forgery.py",
        'return request.headers["Sec-Fetch-Site"] == "same-origin"',
        "return True",
        ("test_security::test_without_a_phones_marks_or_from_another_site_the_token_is_needed",),
    ),
    # Pages
    Mutant(
        "the page does not show what waits",
        PHONE + "overlay.js",
        "wordsWait(entry) || isNewerThan(version)(entry)",
        "isNewerThan(version)(entry)",
        ("test_delivery::test_bars_on_the_screen_and_no_bytes_stop_nobody",),
    ),
    Mutant(
        "whatever comes is kept under a job's name",
        PHONE + "copies.js",
        '&& answer.headers.get("X-Phone-User") === person',
        "",
        ("test_pages::test_the_page_to_sign_in_is_never_kept_under_a_jobs_name",),
    ),
    Mutant(
        "a fragment is kept as a page",
        "static/js/worker.js",
        'return request.headers.has("HX-Request") ? fragment(request) : null;',
        'return request.headers.has("HX-Request") ? page(event, url, build) : null;',
        ("test_pages::test_a_fragment_is_never_shown_as_a_page",),
    ),
    Mutant(
        "a gateway error hides my jobs",
        "static/js/worker/pages.js",
        "return answer && isOurs(answer) ? answer : kept;",
        "return answer ?? kept;",
        ("test_pages::test_a_gateway_error_does_not_hide_my_jobs",),
    ),
    Mutant(
        "the shell before this one goes at once",
        "static/js/worker/shell.js",
        "others.slice(0, -1).map(",
        "others.map(",
        ("test_updates::test_pages_kept_before_an_update_work_after_it_without_a_signal",),
    ),
    Mutant(
        "a page unsent work hangs on leaves the phone",
        PHONE + "pages.js",
        '&& !chains.has(`job:${path.split("/").at(-1)}`)',
        "",
        ("test_conflicts::test_a_job_given_to_somebody_else_is_said_so_and_only_that_job_waits",),
    ),
    # The server
    Mutant(
        "nobody is told who has the job now",
        "blueprints/jobs/views.py",
        'return NotFound(N_("This job is in other hands now: %(name)s."), name=who)',
        "return refused",
        ("test_conflicts::test_a_job_given_to_somebody_else_is_said_so_and_only_that_job_waits",),
    ),
    Mutant(
        "no receipt is looked up",
        SERVER + "entries.py",
        "return known(entry, by) or done(entry, attempt, by)",
        "return done(entry, attempt, by)",
        ("test_delivery::test_an_answer_lost_twice_is_no_second_report",),
    ),
    Mutant(
        "an id is believed, whatever comes under it",
        SERVER + "entries.py",
        "if receipt.content_digest != entry.content_digest:",
        "if False:",
        ("test_exactly_once::test_an_id_used_for_something_else_before_swallows_nothing",),
    ),
    Mutant(
        "what was withdrawn happens all the same",
        SERVER + "entries.py",
        "if receipt.awaits_delivery:\n        return None",
        "if receipt.awaits_delivery or receipt.verdict is EntryVerdict.WITHDRAWN:\n        return None",
        ("test_exactly_once::test_what_was_withdrawn_never_happens_however_late_it_comes",),
    ),
    Mutant(
        "an event without its receipt is forgotten",
        SERVER + "entries.py",
        "if event and receipt is None:",
        "if False:",
        ("test_exactly_once::test_a_server_restored_from_a_backup_knows_the_event_by_its_id",),
    ),
    Mutant(
        "the words of a refused entry are lost",
        SERVER + "entries.py",
        "no.code, no.sentence, dict(entry.fields)",
        "no.code, no.sentence, {}",
        ("test_conflicts::test_photos_of_a_completion_that_came_too_late_reach_the_centre",),
    ),
    Mutant(
        "the second phone hears no",
        SERVER + "entries.py",
        "receipt = overtaken(entry, error, by) or declined(",
        "receipt = declined(",
        ("test_conflicts::test_two_phones_of_one_person_finish_the_same_job_and_the_second_hears_already",),
    ),
    Mutant(
        "half a photo is as good as a whole one",
        "blueprints/sync/photos.py",
        "hashlib.sha256(content).hexdigest() != sha256:",
        "False:",
        ("test_photos::test_bytes_that_are_not_what_they_say_are_refused",),
    ),
    Mutant(
        "the phone's clock is believed",
        "domain/days.py",
        "return received_at - max(sent_at - happened_at, timedelta(0))",
        "return happened_at",
        ("test_clocks::test_a_phone_with_a_wrong_clock_makes_nobody_early_or_late",),
    ),
    Mutant(
        "things may happen in the future",
        "domain/days.py",
        "max(sent_at - happened_at, timedelta(0))",
        "(sent_at - happened_at)",
        ("tests/forms/test_wrong_clocks.py",),
    ),
]
