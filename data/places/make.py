#!/usr/bin/env python3
"""Cuts where local authorities are, and what they are like, from files that stand in the repository: data/places/make.py

Positions and residents are those of data/simulate/authorities.csv, whose SOURCES.md says how they were made. The traits come from the
residents by year and from the population-weighted centroids of small areas under examples/home_counties/reference; a small area holds about
as many people as the next, so that how near the next one lies tells how densely people live, whatever empty land an authority has.
"""

import collections
import csv
import gzip
import math
import pathlib
import statistics

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REFERENCE = ROOT / "examples/home_counties/reference"
# Of data/simulate/authorities.csv.
RESIDENTS_YEAR = 2020
NEAR_METRES = 25_000
GRID_METRES = 2_000
# Authorities that districts were joined to after their residents were counted; as data/simulate/make.py has them.
MERGED = {
    "E07000150": "E06000061", "E07000152": "E06000061", "E07000153": "E06000061", "E07000156": "E06000061",
    "E07000151": "E06000062", "E07000154": "E06000062", "E07000155": "E06000062",
}


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf-8-sig", newline="") if path.suffix == ".gz" else path.open(encoding="utf-8", newline="")
    with opened as file:
        yield from csv.DictReader(file)


def write(name, header, table):
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(table)


def small_areas():
    """By authority, the centroids of its small areas."""
    points = {row["LSOA21CD"]: (float(row["x"]), float(row["y"])) for row in rows(REFERENCE / "lsoa2021_pop_weighted_centroids_ew.csv.gz")}
    of = collections.defaultdict(set)
    for row in rows(REFERENCE / "lsoa2011_lsoa2021_lad2022_exact_fit.csv.gz"):
        if row["LSOA21CD"] in points:
            of[row["LAD22CD"]].add(points[row["LSOA21CD"]])
    return {code: sorted(found) for code, found in of.items()}


def metres_to_next(areas):
    """By authority, the median distance of a small area from the one next to it, wherever that lies."""
    cells = collections.defaultdict(list)
    for point in {point for points in areas.values() for point in points}:
        cells[int(point[0] // GRID_METRES), int(point[1] // GRID_METRES)].append(point)

    def nearest(point):
        column, line = int(point[0] // GRID_METRES), int(point[1] // GRID_METRES)
        best, ring = math.inf, 0
        # A point in the ring after this one is at least `ring` cells away.
        while best > ring * GRID_METRES:
            for x in range(column - ring - 1, column + ring + 2):
                for y in range(line - ring - 1, line + ring + 2):
                    for other in cells.get((x, y), ()):
                        if other != point:
                            best = min(best, math.dist(point, other))
            ring += 1
        return best

    return {code: round(statistics.median(map(nearest, points))) for code, points in areas.items()}


def people_near(authorities, areas):
    """By authority, the residents within 25 km of its middle: each small area taken to hold its share of its authority."""
    shares = [(point, int(row["residents"]) / len(areas[row["code"]])) for row in authorities for point in areas[row["code"]]]

    def near(row):
        middle = float(row["easting"]), float(row["northing"])
        return round(sum(people for point, people in shares if math.dist(middle, point) <= NEAR_METRES), -2)

    return {row["code"]: int(near(row)) for row in authorities}


def residents_by_year():
    residents = collections.Counter()
    for row in rows(REFERENCE / "population_lad_pfa_mid_year.csv.gz"):
        code = row["code"].strip()
        residents[MERGED.get(code, code), row["year"]] += int(row["population"])
    return residents


def main():
    authorities = list(rows(ROOT / "data/simulate/authorities.csv"))
    areas, by_year = small_areas(), residents_by_year()
    apart, near = metres_to_next(areas), people_near(authorities, areas)
    write("local_authorities.csv", ["area", "code", "x", "y", "population", "population_year"],
          ([row["name"], row["code"], row["easting"], row["northing"], row["residents"], RESIDENTS_YEAR] for row in authorities))
    write("local_authority_traits.csv", ["area", "residents:log", "metres to the next small area:log", "residents within 25 km:log", "growth in ten years in per cent"],
          ([row["name"], row["residents"], apart[row["code"]], near[row["code"]],
            round(100 * (by_year[row["code"], "2020"] / by_year[row["code"], "2010"] - 1), 1)] for row in authorities))


if __name__ == "__main__":
    main()
