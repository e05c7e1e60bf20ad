"""What bin/serve needs for itself it claims before it starts anything, and says who has it."""

import socket
from dataclasses import replace

import pytest

from config import Settings
from launch.claims import only_one, refuse_taken_port
from launch.progress import SetUpFailed


@pytest.fixture
def here(tmp_path):
    return Settings.from_environment({"YINGDA_DATA": str(tmp_path)})


def test_a_taken_port_is_named_with_what_to_do(here):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(SetUpFailed, match=f"port {port}: Address already in use(.|\n)*PORT={port + 1} bin/serve"):
            refuse_taken_port(replace(here, port=port))
    refuse_taken_port(replace(here, port=port))


def test_an_address_of_another_machine_is_refused(here):
    with pytest.raises(SetUpFailed, match=r"192\.0\.2\.1"):
        refuse_taken_port(replace(here, host="192.0.2.1"))


def test_a_second_one_on_the_same_data_folder_is_told_about_the_first(here):
    with only_one(here), pytest.raises(SetUpFailed, match="already runs on .*process [0-9]+"), only_one(here):
        pass
    with only_one(here):
        pass
