import pytest

from domain.phones import called

SAID = {
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36": (
        "Android · Chrome"
    ),
    "Mozilla/5.0 (Linux; Android 12; Redmi Note 11 Build/SKQ1) AppleWebKit/537.36 Chrome/90 MiuiBrowser/17": (
        "Android Redmi Note 11 · Mi"
    ),
    "Mozilla/5.0 (Linux; Android 13; SM-S901B) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 EdgA/120.0": (
        "Android SM-S901B · Edge"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1": (
        "iPhone · Safari"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0": "iPhone · WeChat",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0": "Linux · Firefox",
    "curl/8": "curl/8",
    "": "",
}


@pytest.mark.parametrize("said", SAID)
def test_a_phone_is_called_as_people_call_it(said):
    assert called(said) == SAID[said]
