#!/usr/bin/env python3
"""Splink's part of link_beside_splink.py: one file in, clusters out, as its documentation teaches. Runs in an environment of its own.

    splink_dedupe.py people.csv clusters.csv --threshold 0.95

Works with Splink 4 and 5. The file is the made-up people of link_beside_splink.py; nothing here is tuned to their truth.
"""

import argparse
import importlib.metadata
import time

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

BLOCKING = [
    ("surname", "dob"),
    ("first_name", "dob"),
    ("dob", "postcode"),
    ("first_name", "postcode"),
    ("surname", "postcode"),
    ("first_name", "surname", "substr(postcode, 1, 3)"),
    ("phone",),
]


def settings():
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKING],
        comparisons=[
            cl.JaroWinklerAtThresholds("first_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("phone"),
            cl.ExactMatch("gender"),
        ],
    )


def make_linker(path):
    """Splink 5 wants its tables registered first; Splink 4 takes the file's name."""
    api = DuckDBAPI()
    read = f"SELECT unique_id, first_name, surname, dob, postcode, phone, gender FROM read_csv('{path}', all_varchar = true)"
    if importlib.metadata.version("splink").startswith("4."):
        return Linker(api._con.sql(read), settings(), api)
    return Linker(api.register(api._con.sql(read), dataset_display_name="people"), settings())


class Steps:
    """CPU seconds of each step, of the whole process."""

    def __init__(self):
        self.wall, self.cpu = time.monotonic(), time.process_time()

    def end(self, name):
        wall, cpu = time.monotonic(), time.process_time()
        print(f"  {name:8} {cpu - self.cpu:8.2f} CPU s {wall - self.wall:8.2f} s")
        self.wall, self.cpu = wall, cpu


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--threshold", type=float, default=0.95)
    options = parser.parse_args()
    steps = Steps()
    linker = make_linker(options.source)
    steps.end("read")
    certain = [block_on("first_name", "surname", "dob"), block_on("phone", "first_name"), block_on("postcode", "dob")]
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    steps.end("u")
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "surname"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob", "postcode"))
    steps.end("em")
    pairs = linker.inference.predict(threshold_match_probability=0.01)
    steps.end("predict")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=options.threshold)
    steps.end("cluster")
    clusters.to_csv(options.target, overwrite=True)
    steps.end("write")


if __name__ == "__main__":
    main()
