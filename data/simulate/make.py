#!/usr/bin/env python3
"""Cuts authorities.csv, the places that worlds are made of, from public files.

    data/simulate/make.py FOLDER        FOLDER holds boundaries/, reference/ and health/ as SOURCES.md names them

Position: the mean of the population-weighted centroids of an authority's small areas (each holds about as many people as the next), on the
National Grid, in metres. Residents: mid-2020. Deaths: drug poisonings registered 2016 to 2020, from any substance.
"""

import collections
import csv
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
# Authorities made after the look-up of December 2016, and the districts that two of them took over after 2020.
FORCES = {
    "E06000058": "Dorset", "E06000059": "Dorset", "E06000060": "Thames Valley", "E06000061": "Northamptonshire", "E06000062": "Northamptonshire",
    "E07000244": "Suffolk", "E07000245": "Suffolk", "E07000246": "Avon and Somerset",
}
MERGED = {
    "E07000150": "E06000061", "E07000152": "E06000061", "E07000153": "E06000061", "E07000156": "E06000061",
    "E07000151": "E06000062", "E07000154": "E06000062", "E07000155": "E06000062",
}


def rows(path, encoding="utf-8-sig"):
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file)


def main(folder):
    places = {row["LSOA21CD"]: (float(row["x"]), float(row["y"])) for row in rows(folder / "boundaries/lsoa2021_pop_weighted_centroids_ew.csv")}
    names, points = {}, collections.defaultdict(set)
    for row in rows(folder / "boundaries/lsoa2011_lsoa2021_lad2022_exact_fit.csv"):
        names[row["LAD22CD"]] = row["LAD22NM"]
        points[row["LAD22CD"]].add(row["LSOA21CD"])
    forces = {row["LAD16CD"]: row["PFA16NM"] for row in rows(folder / "boundaries/lad_csp_pfa_lookup_dec2016.csv")} | FORCES
    residents, deaths = collections.Counter(), collections.Counter()
    for row in rows(folder / "reference/population_lad_pfa_mid_year.csv"):
        if row["year"] == "2020":
            residents[row["code"].strip()] += int(row["population"])
    for row in rows(folder / "health/ons_drug_poisoning_registrations_by_LA_1993_2020_wide.csv", "cp1252"):
        code = MERGED.get(row["code"], row["code"])
        deaths[code] += sum(int(row[str(year)] or 0) for year in range(2016, 2021) if row[str(year)].isdigit())
    with (HERE / "authorities.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["code", "name", "force", "easting", "northing", "residents", "deaths"])
        for code in sorted(names):
            own = sorted(points[code] & places.keys())
            x, y = (round(sum(places[area][axis] for area in own) / len(own)) for axis in (0, 1))
            table.writerow([code, names[code], forces[code], x, y, residents[code], deaths[code]])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
