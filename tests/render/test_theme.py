"""Themes: every class a style, every colour readable where it is meant to be read."""

import re
from io import StringIO
from itertools import product

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.shortcuts import print_formatted_text

from tutor import Tutor
from tutor.errors import SettingsError
from tutor.render.styled import styled
from tutor.render.theme import DEFAULT, THEMES, style_of

DARK = ("#000000", "#1e1e1e", "#282c34", "#002b36", "#300a24")  # black, and what terminals and editors use for it
LIGHT = ("#ffffff", "#fdf6e3", "#eeeeee", "#f8f8f2")
XTERM = {"ansimagenta": "#cd00cd", "ansired": "#cd0000"}  # the colours of xterm
_COLOUR = re.compile(r"(?<!bg:)(#[0-9a-f]{6})")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours(theme: str) -> set[str]:
    """Return the fixed colours of text that stands on the terminal's own background."""
    return {colour for style in THEMES[theme].values() if "bg:" not in style for colour in _COLOUR.findall(style)}


def printed(theme: str, said: list[tuple[str, str]], depth: ColorDepth = ColorDepth.TRUE_COLOR) -> str:
    """Return what a terminal is sent."""
    file = StringIO()
    output = Vt100_Output(file, lambda: Size(24, 80), term="xterm", default_color_depth=depth)
    print_formatted_text(FormattedText(said), style=style_of(theme), output=output, end="")
    return file.getvalue()


def test_contrast_is_computed_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("theme", "backgrounds"), [("dark", DARK), ("light", LIGHT)])
def test_every_fixed_colour_can_be_read_on_every_background_it_is_meant_for(
    theme: str, backgrounds: tuple[str, ...]
) -> None:
    assert colours(theme)
    weak = [pair for pair in product(colours(theme), backgrounds) if contrast(*pair) < 4.5]
    assert not weak


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_text_on_a_background_of_its_own_can_be_read(theme: str) -> None:
    pairs = [re.findall(r"#[0-9a-f]{6}", style) for style in THEMES[theme].values() if "bg:" in style]
    assert pairs
    assert all(contrast(*pair) >= 4.5 for pair in pairs)


def test_the_default_theme_has_no_fixed_colour_and_colours_words_only_with_what_shows_on_light_and_dark() -> None:
    said = " ".join(style for name, style in THEMES[DEFAULT].items() if not name.endswith(".bar"))
    used = set(re.findall(r"\bansi\w+", said))
    assert "#" not in said
    assert used == set(XTERM)
    assert all(contrast(XTERM[name], ground) >= 3 for name in used for ground in ("#000000", "#ffffff"))


def test_mono_has_no_colour_at_all() -> None:
    assert not [style for style in THEMES["mono"].values() if "#" in style or "ansi" in style]


def test_all_themes_style_the_same_classes() -> None:
    assert all(set(table) == set(THEMES[DEFAULT]) for table in THEMES.values())


@pytest.mark.parametrize("name", THEMES)
def test_every_style_is_one_that_the_terminal_is_sent(name: str) -> None:
    style = style_of(name)
    for name_of_class in THEMES[name]:
        assert style.get_attrs_for_style_str(f"class:{name_of_class}")


@pytest.mark.parametrize("depth", ColorDepth)
@pytest.mark.parametrize("name", THEMES)
def test_an_answer_is_the_same_text_in_every_theme_and_depth_of_colour(
    tea: Tutor, name: str, depth: ColorDepth
) -> None:
    said = styled(tea.show("pair.green-vs-black").parts, width=80)
    bare = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\]8;;.*?\x1b\\", "", printed(name, said, depth)).replace("\r\n", "\n")
    assert bare == "".join(text for style, text in said if style != "[ZeroWidthEscape]")


def test_without_colours_what_matters_is_still_bold() -> None:
    assert "\x1b[0;1mTea\x1b[0m" in printed("dark", [("class:title", "Tea")], ColorDepth.DEPTH_1_BIT)


def test_the_name_of_what_tempts_stands_out_from_other_names() -> None:
    style = style_of("dark")
    tempting = style.get_attrs_for_style_str("class:name class:distractor.name")
    assert (tempting.bold, tempting.color) == (True, "ff9d8c")
    assert style.get_attrs_for_style_str("class:name class:why.name").color == "b4b4b4"


def test_the_name_of_a_page_does_not_look_like_a_link() -> None:
    style = style_of("dark")
    assert style.get_attrs_for_style_str("class:page").underline
    assert not style.get_attrs_for_style_str("class:name class:page.name").underline


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("drak", "there is no theme drak; did you mean dark?"),
        ("", "there is no theme ; known: auto, dark, light, mono"),
        ("solarized", "there is no theme solarized; known: auto, dark, light, mono"),
    ],
)
def test_an_unknown_theme_is_named_with_the_nearest(name: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        style_of(name)
    assert str(error.value) == said
