"""The shipped region is whole: keys, counts, dates, references and the story the four editions tell.

Reads the files as plain CSV and YAML, without the loader, so that a mistake in the data is not hidden by
a mistake in the code that reads it.
"""

import csv
import re
import uuid
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

REGION = Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen"
ORDINALS = (1, 2, 3, 4)

_POINT = r"\d{4}(-(0[1-9]|1[0-2]|2[1-4])(-(0[1-9]|[12]\d|3[01]))?)?"
DATE = re.compile(rf"^({_POINT}|\[({_POINT})?\.\.{_POINT}\])$")

COLUMNS = {
    "districts.csv": "ags,ars,name,slug,website,source",
    "municipalities.csv": (
        "ags,ars,name,official_name,district_ags,kind,population,population_date,population_source,"
        "area_km2,lat,lon,postal_codes,website,note,source"
    ),
    "organisations.csv": "slug,name,kind,inside_region,district_ags,website,note,source",
    "dockings.csv": "organisation,role,since,until,basis,verified,source,note",
    "tiles.csv": "ags,col,row,code,label",
}
TYPES = {"section", "principle", "vision", "goal", "field", "criterion", "rule", "role", "bundle", "measure"}
TYPES |= {"project", "indicator"}
PARAMETER_TYPES = {"text", "number", "percent", "year", "date", "choice", "office"}


def rows(name):
    with (REGION / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def document(name):
    return yaml.safe_load((REGION / name).read_text(encoding="utf-8"))


def edition(ordinal):
    return document(f"editions/{ordinal}.yaml")


def elements(ordinal):
    return {element["id"]: element for element in edition(ordinal)["elements"]}


def block_ids(element):
    return [block["id"] for block in element["blocks"]]


def organisation_keys():
    slugs = {row["slug"] for row in rows("organisations.csv")}
    return slugs | {row["ags"] for row in rows("districts.csv") + rows("municipalities.csv")}


def vocabulary():
    return {f"{kind}/{term['slug']}" for kind, terms in document("vocabularies.yaml").items() for term in terms}


# Organisations


@pytest.mark.parametrize("name", COLUMNS)
def test_csv_header_as_documented(name):
    with (REGION / name).open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS[name].split(",")


def test_municipalities_of_the_region_are_59_in_five_districts():
    by_district = Counter(row["district_ags"] for row in rows("municipalities.csv"))

    assert by_district == {"05958": 12, "05962": 15, "05966": 7, "05970": 11, "05974": 14}
    assert set(by_district) == {row["ags"] for row in rows("districts.csv")}


def test_municipality_population_and_area_add_up_to_the_region():
    municipalities = rows("municipalities.csv")

    assert sum(int(row["population"]) for row in municipalities) == 1_387_984
    assert sum(float(row["area_km2"]) for row in municipalities) == pytest.approx(6194.86)


def test_municipality_regional_key_contains_district_and_municipality():
    for row in rows("municipalities.csv"):
        district, municipality = row["ags"][:5], row["ags"][5:]
        assert row["ars"] == f"{district}0{municipality}{municipality}", row["name"]
        assert row["district_ags"] == district, row["name"]


def test_municipality_kinds_are_40_towns_and_19_municipalities():
    assert Counter(row["kind"] for row in rows("municipalities.csv")) == {"town": 40, "municipality": 19}


def test_dockings_name_known_organisations_once_and_match_the_source():
    dockings = rows("dockings.csv")

    assert {row["organisation"] for row in dockings} <= organisation_keys()
    assert len({row["organisation"] for row in dockings}) == len(dockings)
    assert Counter(row["role"] for row in dockings) == {"pioneer": 5, "participating": 14, "supporter": 8}
    assert {row["basis"] for row in dockings} == {"funder_selection", "council_resolution", "not_documented"}
    assert all(row["source"] for row in dockings)


def test_tiles_cover_every_municipality_without_overlap():
    tiles = rows("tiles.csv")

    assert {tile["ags"] for tile in tiles} == {row["ags"] for row in rows("municipalities.csv")}
    assert len({(tile["col"], tile["row"]) for tile in tiles}) == 59
    assert len({tile["code"] for tile in tiles}) == 59
    assert all(len(tile["code"]) == 3 for tile in tiles)


def test_tile_labels_shorten_only_by_soft_hyphens():
    names = {row["ags"]: row["name"] for row in rows("municipalities.csv")}
    shortened = [t["ags"] for t in rows("tiles.csv") if t["label"].replace("\u00ad", "") != names[t["ags"]]]

    assert [names[ags] for ags in shortened] == ["Nachrodt-Wiblingwerde"]


# Dates


def test_every_date_is_in_the_documented_subset():
    dates = [row["population_date"] for row in rows("municipalities.csv")]
    dates += [row[column] for row in rows("dockings.csv") for column in ("since", "until") if row[column]]
    dates += [item["date"] for item in document("news.yaml")]
    dates += [edition(n)["date"] for n in ORDINALS]

    assert [date for date in dates if not DATE.match(date)] == []


@pytest.mark.parametrize("date", ["2021-25", "2021-13", "2020-1", "[2020..]", "[..]", "2021/2022", "09.07.2019"])
def test_date_pattern_given_another_form_refuses(date):
    assert not DATE.match(date)


# Texts and vocabularies


def test_region_texts_exist_in_every_language_with_the_same_keys():
    region = document("region.yaml")

    for part in ("claim", "labels", "home", "joining"):
        assert set(region[part]) == set(region["languages"]), part
    for part in ("labels", "home", "joining"):
        assert len({frozenset(region[part][language]) for language in region["languages"]}) == 1, part


def test_region_has_four_doors_and_three_questions_in_every_language():
    region = document("region.yaml")

    for language in region["languages"]:
        doors = [door["key"] for door in region["joining"][language]["doors"]]
        assert doors == ["municipalities", "citizens", "clubs", "companies"], language
        assert [q["key"] for q in region["home"][language]["questions"]] == ["what", "why", "how"], language


def test_vocabularies_hold_nine_topics_eight_fields_three_principles():
    vocabularies = document("vocabularies.yaml")

    assert {kind: len(terms) for kind, terms in vocabularies.items()} == {"topics": 9, "fields": 8, "principles": 3}
    assert all({"de", "en"} <= set(term["label"]) for terms in vocabularies.values() for term in terms)


def test_agency_and_framework_owner_are_known_organisations():
    assert document("region.yaml")["agency"] in organisation_keys()
    assert document("framework.yaml")["owner"] in organisation_keys()


def test_news_name_known_municipalities_and_a_source():
    for item in document("news.yaml"):
        assert set(item["municipalities"]) <= {row["ags"] for row in rows("municipalities.csv")}
        assert item["source"].startswith("https://")


# Editions


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_edition_head_as_documented(ordinal):
    head = edition(ordinal)

    assert (head["format"], head["framework"], head["ordinal"]) == (
        "andock-edition/1",
        document("framework.yaml")["slug"],
        ordinal,
    )
    assert head["state"] == {1: "superseded", 2: "superseded", 3: "in_force", 4: "consultation"}[ordinal]
    assert head["demonstration"] is (ordinal == 4)


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_edition_ids_are_unique_random_uuids(ordinal):
    ids = [id_ for e in edition(ordinal)["elements"] for id_ in (e["id"], *block_ids(e))]

    assert len(set(ids)) == len(ids)
    assert {uuid.UUID(id_).version for id_ in ids} == {4}


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_edition_parents_come_before_their_children(ordinal):
    seen = {None}
    for element in edition(ordinal)["elements"]:
        assert element["parent"] in seen, element["label"]
        seen.add(element["id"])


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_edition_labels_are_unique(ordinal):
    labels = Counter(element["label"] for element in edition(ordinal)["elements"])

    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_edition_elements_use_known_words(ordinal):
    terms = vocabulary()
    for element in edition(ordinal)["elements"]:
        assert element["type"] in TYPES
        assert element["obligation"] in {"core", "recommended", "optional"}
        assert set(element["terms"]) <= terms, element["label"]
        assert {p["type"] for p in element["parameters"]} <= PARAMETER_TYPES
        assert {b["kind"] for b in element["blocks"]} <= {"paragraph", "list", "quote", "table"}
        assert element["blocks"]
        assert all(block["text"].strip() for block in element["blocks"])


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_edition_tables_have_equal_rows(ordinal):
    for element in edition(ordinal)["elements"]:
        for block in element["blocks"]:
            if block["kind"] == "table":
                assert len({line.count("|") for line in block["text"].splitlines()}) == 1, element["label"]


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_edition_unverified_elements_say_why(ordinal):
    for element in edition(ordinal)["elements"]:
        assert element["verified"] or element["note"], element["label"]
        assert element["sources"], element["label"]


@pytest.mark.parametrize("ordinal", [2, 3, 4])
def test_vanished_element_has_a_lineage_row_with_a_reason(ordinal):
    before, after = elements(ordinal - 1), elements(ordinal)
    lineage = edition(ordinal)["lineage"]

    assert set(before) - set(after) <= {row["source"] for row in lineage}
    assert all(row["reason"] for row in lineage)


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_lineage_points_to_elements_of_both_editions(ordinal):
    before, after = elements(ordinal - 1) if ordinal > 1 else {}, elements(ordinal)
    for row in edition(ordinal)["lineage"]:
        assert (row["source"] is None) == (row["kind"] == "reinstated")
        assert (row["target"] is None) == (row["kind"] == "withdrawn")
        assert row["source"] is None or row["source"] in before
        assert row["target"] is None or row["target"] in after


@pytest.mark.parametrize("ordinal", [2, 3, 4])
def test_element_under_another_parent_has_a_moved_row(ordinal):
    before, after = elements(ordinal - 1), elements(ordinal)
    moved = {row["target"] for row in edition(ordinal)["lineage"] if row["kind"] == "moved"}

    assert {i for i in set(before) & set(after) if before[i]["parent"] != after[i]["parent"]} <= moved


def test_signatories_follow_the_record_of_who_takes_part():
    recorded = {(row["organisation"], row["role"]) for row in rows("dockings.csv")}
    signed = {n: {(s["organisation"], s["role"]) for s in edition(n)["signatories"]} for n in ORDINALS}

    assert signed[1] == signed[3] == {pair for pair in recorded if pair[1] == "pioneer"}
    assert signed[2] == recorded
    assert signed[4] == set()


def test_edition_3_adds_fields_bundles_and_local_strategies():
    types = Counter(element["type"] for element in edition(3)["elements"])

    assert len(edition(3)["elements"]) >= 40
    assert (types["field"], types["bundle"], types["project"]) == (8, 11, 5)


# Edition 4 holds every kind of change, and says that it is invented


def test_edition_4_lineage_holds_every_kind():
    kinds = {row["kind"] for row in edition(4)["lineage"]}

    assert kinds == {"moved", "split", "joined", "replaced", "withdrawn", "reinstated", "continued"}


def test_edition_4_reinstated_element_stood_in_2_and_was_withdrawn_in_3():
    (row,) = [row for row in edition(4)["lineage"] if row["kind"] == "reinstated"]

    assert row["target"] in elements(2)
    assert row["target"] not in elements(3)
    assert elements(4)[row["target"]]["blocks"] == elements(2)[row["target"]]["blocks"]


def test_edition_4_one_element_moved_and_edited_at_once():
    before, after = elements(3), elements(4)
    moved = [row["target"] for row in edition(4)["lineage"] if row["kind"] == "moved"]

    assert [i for i in moved if before[i]["blocks"] != after[i]["blocks"]]
    assert [i for i in moved if before[i]["blocks"] == after[i]["blocks"]]


def test_edition_4_split_carries_blocks_into_the_new_elements():
    before, after = elements(3), elements(4)
    targets = Counter(row["source"] for row in edition(4)["lineage"] if row["kind"] == "split")

    assert all(count >= 2 for count in targets.values())
    for source in targets:
        children = [row["target"] for row in edition(4)["lineage"] if row["source"] == source]
        assert set(block_ids(before[source])) <= {id_ for child in children for id_ in block_ids(after[child])}


FIELDS = ("label", "title", "obligation", "terms", "without_technology", "parameters", "blocks", "parent")


def changed_fields(before, after):
    return {name for name in FIELDS if before[name] != after[name]}


@pytest.mark.parametrize("field", ["obligation", "terms", "without_technology", "parameters", "title"])
def test_edition_4_some_element_changes_nothing_but(field):
    before, after = elements(3), elements(4)
    changes = [changed_fields(before[i], after[i]) - {"label"} for i in set(before) & set(after)]

    assert {field} in changes


def test_edition_4_some_element_is_only_relabelled():
    before, after = elements(3), elements(4)
    only_label = [i for i in set(before) & set(after) if changed_fields(before[i], after[i]) == {"label"}]

    assert only_label
    assert all(before[i]["note"] == after[i]["note"] for i in only_label)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(lambda b, a: b == a, id="edited_in_place"),
        pytest.param(lambda b, a: b != a and sorted(b) == sorted(a), id="reordered"),
        pytest.param(lambda b, a: set(b) < set(a), id="block_added"),
        pytest.param(lambda b, a: set(a) < set(b), id="block_removed"),
        pytest.param(lambda b, a: not set(a) & set(b), id="block_replaced"),
    ],
)
def test_edition_4_blocks_change_in_every_way(kind):
    before, after = elements(3), elements(4)
    touched = [i for i in set(before) & set(after) if before[i]["blocks"] != after[i]["blocks"]]

    assert [i for i in touched if kind(block_ids(before[i]), block_ids(after[i]))]


def test_edition_4_everything_new_or_changed_is_named_a_demonstration():
    before, after = elements(3), elements(4)
    for id_, element in after.items():
        if id_ not in before or changed_fields(before[id_], element) - {"label"}:
            assert "Demonstration" in element["note"], element["label"]
    assert all("Demonstration" in row["reason"] for row in edition(4)["lineage"])


# Solutions and guides


def test_solutions_name_known_owners_terms_passages_and_each_other():
    cards = rows("solutions.csv")
    ids = {card["id"] for card in cards}
    passages = {element["id"] for element in elements(3).values()}

    assert len(cards) == len(ids) == len({card["slug"] for card in cards}) == 100
    assert {card["organisation"] for card in cards} <= organisation_keys()
    assert {key for card in cards for key in card["partners"].split(";") if key} <= organisation_keys()
    assert {key for card in cards for key in card["terms"].split(";") if key} <= vocabulary()
    assert {card["elements"] for card in cards if card["elements"]} <= passages
    assert {key for card in cards for key in card["related"].split(";") if key} <= ids
    assert all(card["source"] and card["benefit"] for card in cards)
    assert [card["id"] for card in cards if card["verified"] == "false" and not card["note"]] == []


def test_dates_of_solutions_and_guides_are_in_the_documented_subset():
    dates = [card[column] for card in rows("solutions.csv") for column in ("start", "end", "as_of") if card[column]]
    dates += [guide["date"] for guide in rows("guides.csv") if guide["date"]]
    dates += [told["date"] for told in rows("transfers.csv")]

    assert [date for date in dates if not DATE.match(date)] == []


def test_guides_name_known_terms_and_solutions():
    guides = rows("guides.csv")

    assert len({guide["id"] for guide in guides}) == len({guide["slug"] for guide in guides}) == 25
    assert {key for guide in guides for key in guide["terms"].split(";") if key} <= vocabulary()
    assert {guide["solutions"] for guide in guides if guide["solutions"]} <= {
        card["id"] for card in rows("solutions.csv")
    }
    assert all(guide["url"].startswith("https://") for guide in guides)


@pytest.mark.parametrize("name", ["solutions.csv", "guides.csv"])
def test_invented_solutions_and_guides_say_so_themselves(name):
    for row in rows(f"demonstration/{name}"):
        assert "erfunden" in row["note"]
        assert "erfunden" in row["text"]
        assert row["verified"] == "false"


def test_invented_groups_say_so_themselves_and_name_what_is_known():
    groups = rows("demonstration/groups.csv")
    events = {event["slug"] for event in rows("events.csv")}
    events |= {event["slug"] for event in document("demonstration/events.yaml")["events"]}

    assert len(groups) == 3
    for group in groups:
        assert "(Demonstration)" in group["title"]
        assert "erfunden" in group["text"]
        assert {group["organisation"], *group["members"].split(";")} <= organisation_keys()
        assert set(group["events"].split(";")) <= events
        assert set(group["terms"].split(";")) <= vocabulary()
        assert "https://" in group["source"]


def test_invented_contributions_name_passages_of_edition_4_and_answers_name_contributions():
    draft, local, over = document("demonstration/consultations.yaml")["consultations"]
    blocks = {entry["label"]: entry["blocks"] for entry in edition(4)["elements"]}

    for said in draft["said"]:
        block = blocks[said["at"]][said["block"] - 1]
        assert said.get("wording") != block["text"], said["key"]
        assert said["kind"] == "comment" or said["text"] != said.get("wording", block["text"]), said["key"]
    for one in (draft, local, over):
        keys = [said["key"] for said in one["said"]]
        assert len(keys) == len(set(keys))
        assert {key for answer in one["answers"] for key in answer["to"]} <= set(keys)
        assert "(Demonstration)" in one["title"]
    for one in (draft, local):
        assert all(-one["days"] > said["days"] for said in one["said"])
    assert over["begins"] < min(said["day"] for said in over["said"])
    versions = {one["number"]: one for one in document("local-strategies/soest.yaml")["versions"]}
    assert all(said["day"] < answer["day"] < versions[over["version"]]["in_force_on"]
               for said in over["said"] for answer in over["answers"] if said["key"] in answer["to"])  # fmt: skip
