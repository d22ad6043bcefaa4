#!/usr/bin/env python3
"""Makes the bundled series from the public files they were cut from, so that anybody can see what was done to them.

Usage: python3 data/series/make.py FOLDER, where FOLDER holds the files named below, as their publishers or the carrying
repositories (see SOURCES.md) give them. Sums run over every force of the file; a blank is left out of a sum, and where
everything is blank the sum is left blank too, never nought. Prints the SHA-256 of each file that it read.
"""

import collections
import csv
import gzip
import hashlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent


def rows_of(folder, name):
    path = folder / name
    content = path.read_bytes()
    print(f"{hashlib.sha256(content).hexdigest()}  {name}")
    content = gzip.decompress(content) if name.endswith(".gz") else content
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return list(csv.DictReader(text.splitlines()))


def write(name, header, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def plain(value):
    return "" if value is None else f"{value:.10g}"


def add(sums, key, text):
    """Adds a cell to a sum; a blank cell makes the key known without giving it a value."""
    sums.setdefault(key, None)
    if text not in ("", "NA"):
        sums[key] = (sums[key] or 0) + float(text)


def arrests(folder):
    sums = {}
    for row in rows_of(folder, "police_powers/arrests_force_offence_ethnicity_age_sex_2006_2018.csv.gz"):
        add(sums, (row["financial_year"], "All offences"), row["arrests"])
        if "Drug offences" in row["offence_group"]:
            add(sums, (row["financial_year"], row["offence_group"]), row["arrests"])
    kept = [[*key, plain(value)] for key, value in sorted(sums.items()) if value is not None]
    write("arrests_england_and_wales.csv", ["financial_year", "offence_group", "arrests"], kept)


def searches(folder):
    sums = {}
    for row in rows_of(folder, "police_powers/stop_search_force_reason_ethnicity_2006_2019.csv.gz"):
        year = row["year_ending"][:4]
        for legislation in (row["legislation"], "All powers"):
            add(sums, (year, legislation, "All reasons"), row["searches"])
            if row["legislation"] == "Section 1 (PACE)" and legislation != "All powers":
                add(sums, (year, legislation, row["reason_for_search_arrest"]), row["searches"])
    write(
        "searches_england_and_wales.csv",
        ["year_ending_march", "legislation", "reason", "searches"],
        [[*key, plain(value)] for key, value in sorted(sums.items())],
    )


def deaths(folder):
    rows = rows_of(folder, "health/ons_drug_poisoning_misuse_opiate_heroin_1993_2021.csv")
    columns = ["year", "drug_poisoning", "drug_misuse", "any_opiate", "heroin_morphine"]
    write("deaths_england_and_wales.csv", columns, [[row[name] for name in columns] for row in rows])
    rows = rows_of(folder, "health/ons_drug_poisoning_registrations_region_substance_1993_2020.csv")
    spelt = {"Yorkshire and The Humber": "Yorkshire and the Humber"}  # As the register of names, and the estimates of residents, have it.
    write(
        "deaths_by_region.csv",
        ["year", "code", "area", "substance", "deaths"],
        [
            [
                row["Year of death registration"],
                row["Usual residence code"],
                spelt.get(row["Usual residence name"], row["Usual residence name"]),
                row["Substance"][:2],
                row["Deaths"],
            ]
            for row in rows
        ],
    )
    kept = []
    stem = "british_drug_dynamics/data/drugs_usage/deaths/national_resolution/"
    for substance in ["cocaine", "any_opiates", "heroin_morphine", "methadone", "cannabis", "benzodiazepine", "fentanyl"]:
        for row in rows_of(folder, f"{stem}drug_age/{substance}.csv"):
            ages = [cell for name, cell in row.items() if name != "year"]
            kept.append([substance, row["year"], plain(sum(float(cell) for cell in ages))])
    write("deaths_by_substance.csv", ["substance", "year", "deaths"], kept)
    rows = rows_of(folder, "health/hansard_2001_substance_mentions_ew_1993_1999.csv")
    columns = ["year", "heroin_morphine", "methadone", "cocaine", "benzodiazepines", "opiates"]
    write("deaths_mentions_1993_1999.csv", columns, [[row[name] for name in columns] for row in rows])
    kept = []
    for row in rows_of(folder, f"{stem}deaths_misuse_England_and_regions_100k.csv"):
        last = int(row["year"])
        kept += [[f"{last - 2}-{last}", area, value] for area, value in row.items() if area != "year"]
    write("misuse_death_rate_pooled.csv", ["years", "area", "per_100000"], kept)


def admissions(folder):
    stem = "british_drug_dynamics/data/drugs_usage/hospital_admissions/national_resolution/"
    rows = rows_of(folder, f"{stem}admissions_England.csv")
    columns = ["year", "primary", "secondary", "misuse"]
    write("admissions_england.csv", ["year_ending_march", *columns[1:]], [[row[name] for name in columns] for row in rows])


def survey(folder):
    kept = []
    for row in rows_of(folder, "health/csew_drug_use_last_year_1996_2018.csv"):
        kept.append([row["age_group"][:5].replace("–", "-"), row["drug_type"], row["period"], row["estimate"]])
    write("drug_use_last_year.csv", ["age", "drug", "period", "estimate"], kept)


def homicide(folder):
    kept = []
    for row in rows_of(folder, "courts/ew_homicide_1898_2018.csv"):
        year, month = int(row["year"][:4]), row["year"][5:7]
        kept.append([str(year) if month == "01" else f"{year}/{(year + 1) % 100:02d}", plain(float(row["homicide_count"])) if row["homicide_count"] else ""])
    write("homicide_england_and_wales.csv", ["period", "homicides"], kept)
    names = {"DK": "Denmark", "FR": "France", "DE": "Germany", "IT": "Italy", "UKM": "Scotland", "ES": "Spain", "SE": "Sweden"}
    names["UKC-L"] = "England and Wales"
    cited = [
        [names[row["country"]], row["year"][:4], row["count"]]
        for row in rows_of(folder, "international/eurostat_homicide_count_1993_2017.csv")
        if row["country"] in names and "2008" <= row["year"][:4]
    ]
    write("homicide_cited_from_eurostat.csv", ["area", "year", "homicides"], cited)


def knife_crime_and_seizures(folder):
    stem = "british_drug_dynamics/data/police_data/"
    kept = []
    for name in ("national_resolution/knifecrime_England_and_Regions", "local_resolution/knifecrime_polices"):
        for row in rows_of(folder, f"{stem}knifecrime/{name}.csv"):
            is_force = name.endswith("polices")
            skipped = ("year", "British Transport Police") if is_force else ("year",)
            # The region and the police force of one name are two areas.
            named = {"West Midlands": "West Midlands Police"} if is_force else {}
            kept += [[row["year"], named.get(area, area), value] for area, value in row.items() if area not in skipped]
    write("knife_crime.csv", ["year_ending_march", "area", "offences"], kept)
    columns = {"Cocaine": "cocaine", "Crack": "crack", "Heroin": "heroin", "All Class A": "class_a", "Total Cannabis": "cannabis"}
    kept = []
    for row in rows_of(folder, f"{stem}seizures/national_resolution/seizures_EW.csv"):
        kept += [[row["year"], drug, row[column]] for column, drug in columns.items()]
        kept.append([row["year"], "all", row["Total"]])
    write("seizures_england_and_wales.csv", ["year_ending_march", "drug", "seizures"], kept)


def by_area(folder):
    """Figures of single authorities and forces, for an area's profile: the years from 2009 on, which they share."""
    kept = []
    for row in rows_of(folder, "health/ons_drug_poisoning_registrations_by_LA_1993_2020_wide.csv"):
        if row["code"][:3] in ("E06", "E07", "E08", "E09", "W06"):
            # Welsh authorities have both their names; the first is the English one.
            name = row["name"].split(" / ")[0].strip()
            kept += [[year, name, row[year]] for year in map(str, range(2009, 2021))]
    write("deaths_by_authority.csv", ["year", "area", "deaths"], sorted(kept))
    kept = []
    stem = "british_drug_dynamics/data/drugs_usage/hospital_admissions/local_resolution/"
    for kind in ("primary", "secondary", "misuse"):
        for row in rows_of(folder, f"{stem}{kind}_polices.csv"):
            # The carrier's last year is not like those before it: London's poisonings more than treble, Kent's halve.
            if row["year"] == "2020":
                continue
            kept += [[row["year"], force_name(area), kind, plain(float(value)) if value else ""] for area, value in row.items() if area != "year"]
    write("admissions_by_force.csv", ["year_ending_march", "area", "kind", "admissions"], kept)
    kept = []
    columns = {"All drugs": "all", "Total Class A": "class_a", "Crack": "crack", "Heroin": "heroin"}
    stem = "british_drug_dynamics/data/police_data/seizures/local_resolution/seizures/"
    for first in range(9, 19):
        for row in rows_of(folder, f"{stem}Seizures{first:02d}-{first + 1:02d}.csv"):
            if row["Police force"].strip() in k_not_forces:
                continue
            kept += [[f"20{first + 1:02d}", force_name(row["Police force"]), drug, row[column].replace(",", "")] for column, drug in columns.items()]
    write("seizures_by_force.csv", ["year_ending_march", "area", "drug", "seizures"], kept)


# In the tables of forces, what is no force of an area.
k_not_forces = ("British Transport Police", "Border Force", "Total", "England", "Wales", "England and Wales", "")


def force_name(name):
    """As the register of force areas has it."""
    return {"London, City of": "City of London"}.get(name.strip(), name.strip().replace("&", "and"))


def population(folder):
    sums, offices = {}, collections.Counter()
    for row in rows_of(folder, "reference/population_lad_pfa_mid_year.csv"):
        if row["code"].startswith("E09"):
            add(sums, ("London", row["year"]), row["population"])
            offices[row["year"]] += 1
    kept = [[area, year, plain(value)] for (area, year), value in sorted(sums.items()) if offices[year] == 33]
    stem = "british_drug_dynamics/data/demographic/population_England_and_regions.csv"
    for row in rows_of(folder, stem):
        kept += [[area, row["year"], plain(float(value))] for area, value in row.items() if area not in ("year", "London")]
    write("population.csv", ["area", "year", "people"], kept)


def robbery_severity(folder):
    """Severity for each resident times residents. The mid-year estimate is that of the year in which the period ends."""
    residents, offices = collections.Counter(), collections.Counter()
    for row in rows_of(folder, "reference/population_lad_pfa_mid_year.csv"):
        if row["code"][:3] in ("E06", "E07", "E08", "E09", "W06") and row["population"]:
            residents[row["year"]] += int(float(row["population"]))
            offices[row["year"]] += 1
    kept = []
    for row in rows_of(folder, "reference/ons_crime_severity_score_pfa_2003_2022.csv"):
        year = row["year_ending"][:4]
        if row["code"] == "K04000001" and row["offence_group"] == "Robbery" and offices[year] == 331:
            kept.append([year, f"{float(row['severity_score']) * residents[year]:.0f}"])
    write("robbery_severity.csv", ["year_ending_march", "severity"], kept)


def ended_codes(folder):
    """Codes of 2010 that the register of 2020 has no longer, with the code that now bears the name, where one does."""
    now = {row["name"].lower(): row["code"] for row in rows_of(folder, "reference/population_lad_pfa_mid_year.csv")}
    then = {row["LAD10CD"]: row["LAD10NM"] for row in rows_of(folder, "reference/la_code_lookup_2003_2010.csv")}
    living = set(now.values())
    kept = [[code, name, now.get(name.lower(), "")] for code, name in sorted(then.items()) if code[:1] in "EW" and code[1:].isdigit() and code not in living]
    write("ended_area_codes.csv", ["code", "name", "now"], kept)


def residents_by_ethnic_group(folder):
    """Usual residents of five broad groups. A force of 2021 is the sum of its authorities where each of them is there."""
    groups = ["White", "Mixed", "Asian", "Black", "Other"]
    header = ["code", "area", *groups]
    oracles = {}
    for name in ("asian", "black", "mixed_asian", "mixed_black", "mixed_other", "other"):
        for row in rows_of(folder, f"stop_search/oracle_lad_{name}_vs_white_rr_or_ci.csv"):
            column = next(key for key in row if key.endswith("_population") and key != "White_population")
            area = oracles.setdefault(row["la_code"], {"row": row, "White": int(row["White_population"]), "parts": {}})
            area["parts"][column.split("_")[0]] = area["parts"].get(column.split("_")[0], 0) + int(row[column])
            area["files"] = area.get("files", 0) + 1
    register = json.loads((folder / "boundaries/local_authorities_generalised.geojson").read_text(encoding="utf-8"))
    whole = {code: area for code, area in oracles.items() if area["files"] == 6}
    missing = {feature["properties"]["id"] for feature in register["features"]} - set(whole)
    # Which force an authority without a row lies in, by the look-up of 2016.
    forces = {row["LAD16CD"]: row["PFA16CD"] for row in rows_of(folder, "boundaries/lad_csp_pfa_lookup_dec2016.csv")}
    incomplete = {forces[code] for code in missing}
    kept, sums, names = [], {}, {}
    for code, area in sorted(whole.items()):
        people = [{**area["parts"], "White": area["White"]}[group] for group in groups]
        kept.append([code, area["row"]["la"], *people])
        force = area["row"]["force_code"]
        names[force] = area["row"]["force"]
        sums[force] = [one + other for one, other in zip(sums.get(force, [0] * len(groups)), people)]
    kept += [[code, names[code], *people] for code, people in sorted(sums.items()) if code not in incomplete]
    write("residents_by_ethnic_group_2021.csv", header, kept)
    codes = {plain_name(name): (code, name) for code, name in names.items()}
    measure = {group: f"Ethnic Group: {group}; measures: Value" for group in groups}
    kept = [
        [row["geography code"], row["geography"], *[row[measure[group]] for group in groups]]
        for row in rows_of(folder, "reference/census2011_ethnic_group_by_lad.csv")
    ]
    for row in rows_of(folder, "reference/census2011_ethnic_group_by_force.csv"):
        kept.append([*codes[plain_name(row["PFA16NM"])], *[row[measure[group]] for group in groups]])
    write("residents_by_ethnic_group_2011.csv", header, sorted(kept))


def drug_offences_by_code(folder):
    """Recorded drug offences of 2017/18 by the code of the counting rules: the sum over outcomes and quarters."""
    sums = {}
    for row in rows_of(folder, "courts/drug_offence_outcomes_force_2017_18.csv"):
        for area in (row["force_name"], "England and Wales"):
            add(sums, (row["financial_year"], area, row["offence_code"]), row["offences"])
    kept = [[*key, plain(value)] for key, value in sorted(sums.items()) if value is not None]
    write("drug_offences_by_code.csv", ["financial_year", "area", "code", "offences"], kept)


def plain_name(name):
    """A force's name as both registers would write it."""
    return {"london, city of": "city of london"}.get(name.lower(), name.lower().replace("&", "and").removesuffix(" police"))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    for part in (arrests, searches, deaths, admissions, survey, homicide, knife_crime_and_seizures, by_area, population, robbery_severity, ended_codes, residents_by_ethnic_group, drug_offences_by_code):
        part(folder)


main()
