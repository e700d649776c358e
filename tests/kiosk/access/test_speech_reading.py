"""How text is read: surnames, heteronyms, numbers, codes, and words of the other language."""

from __future__ import annotations

import shutil
import string
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.access.profile import Language
from kiosk.access.speech import numbers
from kiosk.access.speech.port import Utterance
from kiosk.access.speech.reading import sentences
from kiosk.access.speech.synthesiser import Synthesiser
from kiosk.access.speech.tables import SpeechTablesError, load_tables
from tests.harness.devices import REPOSITORY

TABLES = REPOSITORY / "config/speech"

Read = Callable[..., str]


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TABLES, tmp_path / "speech"))


@pytest.fixture(scope="module")
def synthesiser() -> Synthesiser:
    return Synthesiser(TABLES)


@pytest.fixture(scope="module")
def read(synthesiser: Synthesiser) -> Read:
    """A text as it is pronounced; what the other voice says stands in brackets."""

    def said(text: str, language: Language = Language.ZH, *, private: bool = False) -> str:
        pieces = synthesiser.pieces(Utterance(text, language, private))
        return " ".join(
            piece.text if piece.voice is language else f"[{piece.text}]" for piece in pieces
        )

    return said


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("单先生", "shan4 xian1 sheng1"),
        ("单位", "dan1 wei4"),
        ("姓名：单小明", "xing4 ming2, shan4 xiao3 ming2"),
        ("申请人是仇样例，配偶是朴样例。", "shen1 qing3 ren2 shi4 qiu2 yang4 li4, "),
        ("朴女士", "piao2 nv3 shi4"),
        ("朴素", "pu3 su4"),
        ("姓查", "xing4 zha1"),
        ("查进度", "cha2 jin4 du4"),
        ("解除合同", "jie3 chu2 he2 tong2"),
        ("户主：解样例", "hu4 zhu3, xie4 yang4 li4"),
        ("曾样例同志", "zeng1 yang4 li4 tong2 zhi4"),
        ("曾用名", "ceng2 yong4 ming2"),
        ("区师傅", "ou1 shi1 fu4"),
        ("区域", "qu1 yu4"),
        ("尉迟样例", "yu4 chi2 yang4 li4"),
        ("申请人：单位", "shen1 qing3 ren2, dan1 wei4"),
        ("李华先生", "li3 hua2 xian1 sheng1"),
        ("重庆", "chong2 qing4"),
        ("重新填写", "chong2 xin1 tian2 xie3"),
        ("体重", "ti3 zhong4"),
        ("湖南省长沙市", "hu2 nan2 sheng3 chang2 sha1 shi4"),
        ("银行行长自行处理", "yin2 hang2 hang2 zhang3 zi4 xing2 chu3 li3"),
        ("行政审批", "xing2 zheng4 shen3 pi1"),
        ("参保", "can1 bao3"),
        ("人参", "ren2 shen1"),
        ("社会计划", "she4 hui4 ji4 hua4"),
        ("成都", "cheng2 du1"),
        ("不要一个人去", "bu2 yao4 yi2 ge4 ren2 qu4"),
        ("一张表，一次交齐", "yi4 zhang1 biao3, yi2 ci4 jiao1 qi2"),
        ("一共两份，先不交", "yi2 gong4 liang3 fen4, xian1 bu4 jiao1"),
        ("第一次领唯一一套", "di4 yi1 ci4 ling3 wei2 yi1 yi2 tao4"),
        ("第二十一条，一二级", "di4 er4 shi2 yi1 tiao2, yi1 er4 ji2"),
        ("扫一扫", "sao3 yi5 sao3"),
        ("这次办得怎么样", "zhe4 ci4 ban4 de5 zen3 me5 yang4"),
        ("这个项目的材料要交纸质的", "zhe4 ge5 xiang4 mu4 de5 cai2 liao4 yao4 jiao1 zhi3 zhi4 de5"),
        ("发卡银行", "fa1 ka3 yin2 hang2"),
        ("获得称号", "huo4 de2 cheng1 hao4"),
        ("太长了，局长", "tai4 chang2 le5, ju2 zhang3"),
        ("填过的都会清除", "tian2 guo4 de5 dou1 hui4 qing1 chu2"),
        ("证明了吗", "zheng4 ming2 le5 ma5"),
        ("以合同为准", "yi3 he2 tong2 wei2 zhun3"),
    ],
)
def test_characters_are_read_as_they_are_meant(read: Read, text: str, pinyin: str) -> None:
    assert read(text).startswith(pinyin)


@pytest.mark.parametrize(("text", "surname"), [("单样例", "shan4"), ("朴样例", "piao2")])
def test_what_a_citizen_entered_may_be_a_name_and_nothing_else(
    read: Read, text: str, surname: str
) -> None:
    assert read(text, private=True).startswith(surname)
    assert not read(text).startswith(surname)


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("2026年", "er4 ling2 er4 liu4 nian2"),
        ("2026年1月5日", "er4 ling2 er4 liu4 nian2 yi1 yue4 wu3 ri4"),
        ("2026-01-05", "er4 ling2 er4 liu4 nian2 yi1 yue4 wu3 ri4"),
        ("1998年", "yi1 jiu3 jiu3 ba1 nian2"),
        ("08:30", "ba1 dian3 san1 shi2 fen1"),
        ("21：00", "er4 shi2 yi1 dian3"),
        ("08:05–21:00", "ba1 dian3 ling2 wu3 fen1 zhi4 er4 shi2 yi1 dian3"),
        ("3份", "san1 fen4"),
        ("2份", "liang3 fen4"),
        ("第2步", "di4 er4 bu4"),
        ("12000元", "yi2 wan4 liang3 qian1 yuan2"),
        ("1,234.50元", "yi4 qian1 er4 bai3 san1 shi2 si4 dian3 wu3 ling2 yuan2"),
        ("1205", "yi4 qian1 er4 bai3 ling2 wu3"),
        ("12345", "yao1 er4 san1 si4 wu3"),
        ("007", "ling2 ling2 qi1"),
        ("0731-12345678", "ling2 qi1 san1 yao1 yao1 er4 san1 si4 wu3 liu4 qi1 ba1"),
        ("138 0013 8000", "yao1 san1 ba1 ling2 ling2 yao1 san1 ba1 ling2 ling2 ling2"),
        ("尾号1234", "wei3 hao4 yao1 er4 san1 si4"),
        ("1 3 8", "yao1 san1 ba1"),
        ("一三八零零", "yi1 san1 ba1 ling2 ling2"),
        ("幺三八", "yao1 san1 ba1"),
        ("50%", "bai3 fen1 zhi1 wu3 shi2"),
        ("1 个工作日", "yi2 ge4 gong1 zuo4 ri4"),
        ("1张", "yi4 zhang1"),
        ("第1个", "di4 yi1 ge4"),
        ("1月1日", "yi1 yue4 yi1 ri4"),
        ("8号2栋301室", "ba1 hao4 er4 dong4 san1 ling2 yao1 shi4"),
        ("湘政发〔2023〕46号", "xiang1 zheng4 fa1, er4 ling2 er4 san1, si4 shi2 liu4 hao4"),
        ("3-5天", "san1 zhi4 wu3 tian1"),
        ("430****123", "si4 san1 ling2, yin3 qu4 si4 wei4, yao1 er4 san1"),
        ("25℃", "er4 shi2 wu3 she4 shi4 du4"),
        ("３份", "san1 fen4"),
    ],
)
def test_figures_are_read_by_what_they_are(read: Read, text: str, pinyin: str) -> None:
    assert read(text).rstrip(",. ") == pinyin


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("打开APP。", "da3 kai1 [A P P.]"),
        ("A4纸", "[A] si4 zhi3"),
        ("WeChat支付", "[WeChat] zhi1 fu4"),
        ("43010119900101123X", "si4 san1 ling2 yao1 ling2 yao1 yao1 jiu3 jiu3 ling2 ling2 yao1"),
    ],
)
def test_latin_letters_are_for_the_english_voice(read: Read, text: str, said: str) -> None:
    assert read(text).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("On 2026-01-05 at 08:30.", "On January 5, 2026 at 08:30."),
        ("12000 yuan", "12000 yuan"),
        ("Number 1234567", "Number 1 2 3 4 5 6 7"),
        ("Call 0731-12345678.", "Call 0 7 3 1 1 2 3 4 5 6 7 8."),
        ("3-5 days", "3 to 5 days"),
        ("Dear 单先生, hello", "Dear [shan4 xian1 sheng1,] hello"),
        ("To 样例路8号301室, 2 days", "To [yang4 li4 lu4 ba1 hao4 san1 ling2 yao1 shi4,] 2 days"),
        ("50% of it", "50% of it"),
    ],
)
def test_english_is_read_in_english(read: Read, text: str, said: str) -> None:
    assert read(text, Language.EN) == said


def test_a_language_beside_the_two_is_read_by_its_own_voice() -> None:
    french, none = Language("fr"), Language("xx")
    synthesiser = Synthesiser(TABLES, {french: "fr", none: ""})
    text = "Bonjour 单先生, 3 jours, 1234567"
    pieces = [(piece.voice, piece.text) for piece in synthesiser.pieces(Utterance(text, french))]
    assert pieces == [
        (french, "Bonjour"),
        (Language.ZH, "shan4 xian1 sheng1,"),
        (french, "3 jours, 1 2 3 4 5 6 7"),
    ]
    assert sound(synthesiser, Utterance("Bonjour", french))
    assert not sound(synthesiser, Utterance("Bonjour", none))


def test_a_table_of_its_own_gives_a_language_its_signs(tables: Path) -> None:
    ours = (tables / "en.toml").read_text("utf-8").replace('"to"', '"à"')
    (tables / "fr.toml").write_text(ours, "utf-8")
    french = Language("fr")
    (piece,) = Synthesiser(tables).pieces(Utterance("3-5 jours", french))
    assert piece.text == "3 à 5 jours"


def test_other_scripts_are_left_to_voices_that_know_them(synthesiser: Synthesiser) -> None:
    said = [
        [piece.text for piece in synthesiser.pieces(Utterance("Привет 3", Language(language)))]
        for language in ("ru", "zh", "en")
    ]
    assert said == [["Привет 3"], ["san1"], ["3"]]


def sound(synthesiser: Synthesiser, utterance: Utterance, rate: int = 0) -> bytes:
    taken: list[bytes] = []

    def take(piece: bytes) -> bool:
        taken.append(piece)
        return True

    synthesiser.say(utterance, rate, take)
    return b"".join(taken)


def test_signs_of_punctuation_are_pauses(read: Read) -> None:
    assert read("好。好？好（好）、好") == "hao3. hao3? hao3, hao3, hao3"


def test_long_texts_are_cut_where_one_breathes() -> None:
    text = "请把身份证放在读卡器上，" * 30 + "谢谢" * 60
    parts = list(sentences(text))
    assert "".join(parts) == text.replace("，", ",")  # full-width signs are made narrow
    assert max(map(len, parts)) <= 100
    assert all(part.endswith(",") for part in parts[:4])


@given(st.integers(0, 10**16 - 1))
def test_every_number_can_be_said_and_says_no_zero_at_its_end(value: int) -> None:
    said = numbers.number(str(value))
    assert said
    assert value == 0 or not said.endswith("ling2")
    assert "ling2 ling2" not in said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0", "ling2"),
        ("10", "shi2"),
        ("110", "yi4 bai3 yi1 shi2"),
        ("10010", "yi2 wan4 ling2 yi1 shi2"),
        ("20000", "liang3 wan4"),
        ("100000000", "yi2 yi4"),
        ("1000100001", "shi2 yi4 ling2 yi1 shi2 wan4 ling2 yi1"),
        ("3.14", "san1 dian3 yi1 si4"),
    ],
)
def test_numbers_are_said_as_chinese_counts(value: str, said: str) -> None:
    assert numbers.number(value) == said


@pytest.mark.parametrize("text", ["", "abc", "1" * 17, "1.", "٣"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="figures"):
        numbers.number(text)


SPEAKABLE = set(string.ascii_letters + string.digits + " ,.?'’-:%") | set(
    map(chr, range(0xC0, 0x250))
)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=200), st.sampled_from(Language), st.booleans())
def test_any_text_is_read_into_what_the_voices_know(
    synthesiser: Synthesiser, text: str, language: Language, private: bool
) -> None:
    for piece in synthesiser.pieces(Utterance(text, language, private)):
        assert any(map(str.isalnum, piece.text))
        assert set(piece.text) <= SPEAKABLE


NEAR = st.text(
    alphabet="单仇朴重长行参一二三年月日第元份个0123456789.,:-*%X A4，。：（）姓名先生\n",
    max_size=40,
)


@settings(deadline=None, max_examples=500)
@given(NEAR, st.sampled_from(Language))
def test_text_with_figures_and_characters_is_never_silent(
    synthesiser: Synthesiser, text: str, language: Language
) -> None:
    said = list(synthesiser.pieces(Utterance(text, language)))
    worth_saying = any(character.isalnum() for character in text)
    assert bool(said) or not worth_saying


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60), st.sampled_from(Language), st.integers(-2, 3))
def test_any_text_becomes_sound_or_nothing(
    synthesiser: Synthesiser, text: str, language: Language, rate: int
) -> None:
    sounds: list[bytes] = []

    def take(sound: bytes) -> bool:
        sounds.append(sound)
        return len(sounds) < 50

    synthesiser.say(Utterance(text, language), rate, take)
    assert all(len(sound) % 2 == 0 for sound in sounds)
    pieces = list(synthesiser.pieces(Utterance(text, language)))
    assert not sounds or pieces


def test_a_faster_rate_is_shorter(synthesiser: Synthesiser) -> None:
    text = Utterance("请把身份证放在读卡器上。", Language.ZH)
    lengths = [len(sound(synthesiser, text, rate)) for rate in range(-2, 4)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 1.8 * lengths[-1]


def test_what_takes_the_sound_may_fail(synthesiser: Synthesiser) -> None:
    def take(sound: bytes) -> bool:
        raise OSError("no such device")

    with pytest.raises(OSError, match="no such device"):
        synthesiser.say(Utterance("您好", Language.ZH), 0, take)


def test_a_piece_shows_nothing_of_what_is_said_in_its_repr(synthesiser: Synthesiser) -> None:
    (piece,) = synthesiser.pieces(Utterance("殷秀", Language.ZH, private=True))
    assert piece.text == "yin1 xiu4"
    assert "xiu4" not in repr(piece)


def test_the_tables_that_are_shipped_are_sound() -> None:
    tables = load_tables(TABLES)
    assert tables.surnames.readings["单"] == ("shan4",)
    assert tables.words["重庆"] == ("chong2", "qing4")


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("surnames.toml", '"单" = "shan4"', '"单" = "shang"', "no pinyin"),
        ("surnames.toml", '"单" = "shan4"', '"单" = "shan4 shan4"', "1 syllables belong"),
        ("surnames.toml", '"单" = "shan4"', '"单于" = "chan2 yu2"', "1 characters belong"),
        ("surnames.toml", '"单" = "shan4"', '"S" = "shan4"', "Chinese characters"),
        ("surnames.toml", "[compound]", "[double]", "no table [compound]"),
        ("heteronyms.toml", '"重庆" = "chong2 qing4"', '"重庆" = "chong2"', "2 syllables"),
        ("heteronyms.toml", '"重庆" = "chong2 qing4"', '"重" = "chong2"', "into [alone]"),
        ("heteronyms.toml", '"得" = "de5"', '"获得" = "huo4 de2"', "words elsewhere"),
        ("heteronyms.toml", '"重庆" = "chong2 qing4"', '"重庆" = 5', "2 syllables"),
        ("heteronyms.toml", '"长沙" = ', '"重新" = ', "given twice"),
        ("zh.toml", '"@" = "艾特"', '"@@" = "艾特"', "no single sign"),
        ("zh.toml", '"@" = "艾特"', '"@" = 1', "not text"),
        ("zh.toml", "{count}", "{number}", "words.hidden"),
        ("zh.toml", 'to = "至"', 'until = "至"', "words must be"),
        ("en.toml", '"January", ', "", "twelve names"),
        ("en.toml", "two = []", 'two = [""]', "units.two"),
        ("zh.toml", "[symbols]", "[symbols", "not TOML"),
    ],
)
def test_a_slip_in_a_table_is_told_with_its_file(
    tables: Path, name: str, old: str, new: str, says: str
) -> None:
    file = tables / name
    before = file.read_text("utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), "utf-8")
    with pytest.raises(SpeechTablesError) as caught:
        load_tables(tables)
    assert str(file) in str(caught.value)
    assert says in str(caught.value)


def test_a_table_that_is_missing_is_told(tables: Path) -> None:
    (tables / "en.toml").unlink()
    with pytest.raises(SpeechTablesError, match=r"en\.toml.*put the table there"):
        load_tables(tables)
