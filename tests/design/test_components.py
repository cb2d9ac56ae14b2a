"""Components fail loudly: what is misspelt never reaches a page."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

from andock.design.components import COMPONENTS


def render(source, **context):
    return Template("{% load design %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ('{% component "note" knid="info" %}{% endcomponent %}', "'note' has no property knid"),
        ('{% component "nota" %}{% endcomponent %}', "no component 'nota'"),
        ('{% component "bay" %}{% endcomponent %}', "'bay' needs title"),
        ('{% component "note" info %}{% endcomponent %}', "cannot read 'info'"),
        ('{% icon "arow" %}', "no icon 'arow'"),
        ('{% role_badge "pionier" %}', "no role 'pionier'"),
        ('{% decision "accepted" %}', "no decision 'accepted'"),
        ('{% change "gone" %}', "no change 'gone'"),
    ],
)
def test_misspelt_part_raises_with_the_known_names(source, sentence):
    with pytest.raises(TemplateSyntaxError, match=sentence):
        render(source)


def test_slot_is_escaped_once():
    drawn = render('{% component "note" %}<p>{{ text }}</p>{% endcomponent %}', text="Rat & Tat <b>")

    assert "<p>Rat &amp; Tat &lt;b&gt;</p>" in drawn


def test_property_is_escaped():
    assert "<script>" not in render('{% component "bay" title=title %}{% endcomponent %}', title="<script>")


def test_note_carries_its_kind():
    assert 'class="note warning"' in render('{% component "note" kind="warning" %}{% endcomponent %}')


def test_icon_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in render('{% icon "arrow" %}')


@pytest.mark.parametrize("role", ["pioneer", "participating", "supporter", "none"])
def test_role_badge_has_shape_and_word(role):
    drawn = render("{% role_badge role %}", role=role)

    assert f'class="r-{role}"' in drawn
    assert "<span>" in drawn


def test_change_words_are_marked_for_screen_readers():
    assert "</span>neu ab 2028<span" in render("{% added text %}", text="neu ab 2028")
    assert render("{% removed text %}", text="x").startswith("<del>")


def test_every_component_has_an_example(settings):
    for name in COMPONENTS:
        example = Template("{% include path %}").engine.get_template(f"components/{name}.example.html")
        assert f'"{name}"' in example.source
