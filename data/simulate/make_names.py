#!/usr/bin/env python3
"""Cuts names.csv and groups.csv, which made-up people get their names and ethnic groups from, from the sources in SOURCES.md.

    data/simulate/make_names.py FAKER COUNTED CENSUS

FAKER: the npm package @faker-js/faker, unpacked (needs node). COUNTED: first and last names with counts. CENSUS: ethnic groups by force area.

Lists without counts get weights that fall off as those of names do, in an order that a hash settles: they are not real frequencies.
"""

import csv
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
NAMES = HERE.parent / "names"
# Tradition, and the lists of the package it is made of.
LISTED = {"indian": ("en_IN",), "nigerian": ("en_NG", "yo_NG"), "ghanaian": ("en_GH",), "senegalese": ("fr_SN",), "turkish": ("tr",), "polish": ("pl",),
          "romanian": ("ro",), "portuguese": ("pt_PT",), "spanish": ("es",), "italian": ("it",), "serbian": ("sr_RS_latin",), "vietnamese": ("vi",)}
MOST = {"F": 140, "M": 140, "S": 180}
MOST_ENGLISH = {"F": 400, "M": 350, "S": 900}
# Muslim names of many countries: forenames are those of data/names/spellings.csv, the spelling most used first; the rest is ours.
MUSLIM_WOMEN = {"FATIMA", "AISHA", "KHADIJA", "MARYAM", "ZAINAB", "NOOR", "LAYLA", "AMINA", "SARA", "ZAHRA", "HALIMA", "YASMIN"}
MUSLIM_LAST = "YASMIN"
MUSLIM_MORE = {
    "F": ("Nadia", "Samina", "Shabana", "Nasreen", "Farzana", "Sadia", "Hafsa", "Iqra", "Zara", "Sumaya", "Rabia", "Saima", "Tahira", "Nazia", "Bushra", "Asma",
          "Hina", "Fozia", "Ruqayya", "Safiya", "Hawa", "Sahra", "Ifrah", "Hodan", "Rahma", "Salma", "Hanan", "Dalia", "Shazia", "Rehana", "Uzma", "Sana"),
    "M": ("Adnan", "Kamran", "Nadeem", "Shahid", "Arif", "Asif", "Naveed", "Waqas", "Junaid", "Zubair", "Haroon", "Rizwan", "Sajid", "Wasim", "Liban", "Guled",
          "Abdi", "Mahad", "Ayman", "Nabil", "Hisham", "Anas", "Ayaan", "Irfan", "Zahid", "Yasin", "Tahir", "Sohail", "Hashim", "Ilyas", "Mubarak", "Qasim"),
}
MUSLIM_SURNAMES = ("Khan", "Ahmed", "Ali", "Hussain", "Begum", "Akhtar", "Rahman", "Shah", "Malik", "Iqbal", "Mahmood", "Miah", "Uddin", "Chowdhury", "Islam",
                   "Hassan", "Mohamed", "Abdi", "Osman", "Yusuf", "Ibrahim", "Omar", "Aziz", "Mirza", "Sheikh", "Qureshi", "Siddiqui", "Javed", "Rashid", "Hamid",
                   "Karim", "Salim", "Farah", "Warsame", "Jama", "Haji", "Saleh", "Mansour", "Nasser", "Haddad", "Khalil", "Bibi", "Kaya", "Amin", "Anwar", "Latif",
                   "Rafiq", "Nawaz", "Zaman", "Bashir", "Hanif", "Yaqub", "Bhatti", "Butt", "Dar", "Raza", "Abbas", "Haider", "Jamil", "Sharif", "Sultan", "Tariq",
                   "Younis", "Zafar", "Alam", "Sarwar", "Kamal", "Faruk", "Hoque", "Talukdar", "Sarkar", "Aden", "Duale", "Elmi", "Guled", "Hersi", "Samatar", "Sayed",
                   "Barakat", "Darwish", "Fakhoury", "Hijazi", "Sabbagh", "Zaidi")
# What share of a group has names of which tradition: an assumption; groups as the census of 2011 names them, under the codes of 16+1.
GROUPS = {
    "W1": ("English/Welsh", {"english": 100}), "W2": ("White: Irish", {"english": 100}),
    "W9": ("Gypsy|Other White", {"polish": 30, "romanian": 20, "english": 12, "portuguese": 10, "italian": 8, "spanish": 8, "turkish": 6, "serbian": 6}),
    "M1": ("White and Black Caribbean", {"english": 100}), "M2": ("White and Black African", {"english": 60, "nigerian": 25, "ghanaian": 15}),
    "M3": ("White and Asian", {"english": 60, "indian": 20, "muslim": 20}), "M9": ("Other Mixed", {"english": 60, "spanish": 15, "muslim": 15, "portuguese": 10}),
    "A1": ("Indian", {"indian": 85, "muslim": 15}), "A2": ("Pakistani", {"muslim": 100}), "A3": ("Bangladeshi", {"muslim": 100}),
    "A9": ("Other Asian", {"vietnamese": 25, "indian": 35, "muslim": 40}), "B1": ("British: Caribbean", {"english": 100}),
    "B2": ("British: African", {"nigerian": 40, "ghanaian": 20, "muslim": 30, "senegalese": 10}), "B9": ("Other Black", {"english": 60, "nigerian": 25, "muslim": 15}),
    "O1": ("Chinese", {"hong_kong": 100}), "O9": ("Arab|Any other", {"muslim": 50, "turkish": 25, "spanish": 25}),
}


def fits(name):
    """One word or two, letters of the Latin alphabet alone, short enough for a form."""
    return bool(re.fullmatch(r"[^\W\d_]+(?:[-' ][^\W\d_]+)?", name)) and 2 <= len(name) <= 15 and all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def plain(name):
    special = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "đ": "d", "Đ": "D", "ı": "i", "ə": "a", "Ə": "A", "ß": "ss", "æ": "ae"})
    text = unicodedata.normalize("NFD", name.translate(special))
    return unicodedata.normalize("NFC", "".join(c for c in text if not unicodedata.combining(c)))


def weighted(names, most):
    """Weights as Zipf's, in the order of a hash."""
    chosen = sorted(set(filter(fits, names)), key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:most]
    return [(name, round(10000 / (rank + 8))) for rank, name in enumerate(chosen)]


def counted(path, most, unwanted=frozenset()):
    rows = [(row[0].strip(), int(row[1])) for row in csv.reader(path.open(encoding="utf-8")) if len(row) > 1 and row[1].strip().isdigit()]
    return sorted(((name, count) for name, count in rows if fits(name) and name.lower() not in unwanted), key=lambda pair: (-pair[1], pair[0]))[:most]


def spelt(table):
    return [[word.capitalize() for word in row[1:]] for row in csv.reader((NAMES / table).open(encoding="utf-8"))]


def listed(faker):
    script = f"""const l = require({json.dumps(str(faker.resolve()))}).allLocales; const out = {{}};
    for (const k of Object.keys(l)) {{ const p = l[k].person; if (p) out[k] = {{F: p.first_name?.female, M: p.first_name?.male, S: p.last_name?.generic}}; }}
    console.log(JSON.stringify(out));"""
    return json.loads(subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True).stdout)


def traditions(faker, folder):
    lists = listed(faker)
    spanish = {name.lower() for name in lists["es"]["S"]}
    files = {"F": "female-first-names.csv", "M": "male-first-names.csv", "S": "last-names.csv"}
    english = {part: counted(folder / name, MOST_ENGLISH[part], spanish if part == "S" else frozenset()) for part, name in files.items()}
    found = {"english": english}
    for tradition, parts in LISTED.items():
        found[tradition] = {part: weighted([name for key in parts for name in lists[key][part]], MOST[part]) for part in "FMS"}
    spellings = spelt("spellings.csv")
    muslim = spellings[: next(i for i, row in enumerate(spellings) if row[0].upper() == MUSLIM_LAST) + 1]
    women, men = ([row[0] for row in muslim if (row[0].upper() in MUSLIM_WOMEN) == is_woman] for is_woman in (True, False))
    ranked = {"F": (*women, *MUSLIM_MORE["F"]), "M": (*men, *MUSLIM_MORE["M"]), "S": MUSLIM_SURNAMES}
    found["muslim"] = {part: [(name, round(10000 / (rank + 8))) for rank, name in enumerate(names)] for part, names in ranked.items()}
    found["hong_kong"] = {"F": english["F"][:80], "M": english["M"][:80], "S": weighted(lists["en_HK"]["S"], MOST["S"])}
    return found


def main(faker, folder, census):
    variants = {row[0]: row[1:] for row in spelt("spellings.csv")}
    nicknames = {row[0].capitalize(): [word.capitalize() for word in row[1:4]] for row in csv.reader((NAMES / "nicknames.csv").open(encoding="utf-8"))}
    with (HERE / "names.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["tradition", "part", "name", "weight", "plain", "variants", "nicknames"])
        for tradition, parts in sorted(traditions(faker, folder).items()):
            for part in "FMS":
                for name, weight in parts[part]:
                    other = [word for word in variants.get(name, []) if word != name][:6] if part != "S" or tradition == "muslim" else []
                    called = nicknames.get(name, []) if part != "S" and tradition in ("english", "hong_kong") else []
                    table.writerow([tradition, part, name, weight, "" if plain(name) == name else plain(name), "|".join(other), "|".join(called)])
    rows = list(csv.DictReader(census.open(encoding="utf-8")))
    total = {key: sum(int(row[key]) for row in rows) for key in rows[0] if key.startswith("Ethnic Group") and ": " in key[13:].removesuffix("; measures: Value")}
    everybody = sum(int(row["Ethnic Group: All categories: Ethnic group; measures: Value"]) for row in rows)
    with (HERE / "groups.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["ethnicity", "people_per_million", "traditions"])
        for code, (words, shares) in sorted(GROUPS.items()):
            people = sum(count for key, count in total.items() if "All categories" not in key and any(word in key for word in words.split("|")))
            table.writerow([code, round(people * 1e6 / everybody), "|".join(f"{name}:{share}" for name, share in sorted(shares.items()))])


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:4]))
