"""The pinyin initials under which a name is found: 曾 is zeng as a surname, céng elsewhere."""

import os

os.environ["PYPINYIN_NO_PHRASES"] = "yes"  # its words take 50 MB of every process, and names have few of them

from pypinyin import Style, lazy_pinyin, load_phrases_dict  # noqa: E402

# Surnames that are read otherwise than the same character elsewhere, by their initial.
SURNAMES = {
    "曾": "z", "单": "s", "解": "x", "仇": "q", "区": "o", "查": "z", "翟": "z", "盖": "g", "乐": "y", "朴": "p",
    "任": "r", "覃": "q", "召": "s", "缪": "m", "冼": "x", "尉迟": "yc", "长孙": "zs", "万俟": "mq", "澹台": "tt",
}  # fmt: skip
# Words in the names of companies that are read otherwise than their characters elsewhere.
WORDS = {
    "重庆": "chóng qìng", "重阳": "chóng yáng", "银行": "yín háng", "分行": "fēn háng", "支行": "zhī háng",
    "总行": "zǒng háng", "商行": "shāng háng", "车行": "chē háng", "琴行": "qín háng", "洋行": "yáng háng",
    "行业": "háng yè", "音乐": "yīn yuè", "乐器": "yuè qì", "乐团": "yuè tuán", "乐清": "yuè qīng", "厦门": "xià mén",
    "长城": "cháng chéng", "长江": "cháng jiāng", "长沙": "cháng shā", "长春": "cháng chūn", "长安": "cháng ān",
    "长虹": "cháng hóng", "长青": "cháng qīng", "长兴": "cháng xīng", "长宁": "cháng níng", "长远": "cháng yuǎn",
    "长隆": "cháng lóng", "长盛": "cháng shèng", "长荣": "cháng róng", "长生": "cháng shēng", "长明": "cháng míng",
    "会计": "kuài jì", "番禺": "pān yú", "蚌埠": "bèng bù", "参茸": "shēn róng", "调味": "tiáo wèi",
}  # fmt: skip
load_phrases_dict({word: [[syllable] for syllable in read.split()] for word, read in WORDS.items()})
LONGEST = 40  # as the column


def initials_of(name: str) -> str:
    """The first letters of a name as it is read, in lower case, digits and Latin letters kept: 单雄信 is sxx."""
    surname = next((s for s in (name[:2], name[:1]) if s in SURNAMES), "")
    rest = lazy_pinyin(name[len(surname) :], style=Style.FIRST_LETTER)
    letters = SURNAMES.get(surname, "") + "".join(rest)
    return "".join(letter for letter in letters.lower() if letter.isascii() and letter.isalnum())[:LONGEST]
