#!/usr/bin/env python3
"""Makes the two extracts beside it: people who do not exist, in homes of one to five, with the slips that clerks make.

    examples/two_extracts/make.py        writes care.csv and custody.csv, always the same bytes

Column made_up_person says whose record a row is; no real extract has it. Family names and streets are invented.
"""

import csv
import pathlib
import random

GIVEN = {
    "F": "Amina Beth Carys Chloe Daniela Ellie Fatima Grace Hannah Isla Jade Katherine Layla Megan Nadia Olivia Priya Rebecca "
         "Sofia Tamara Victoria Yasmin Zofia Abigail Elizabeth Margaret".split(),
    "M": "Adam Benjamin Callum Daniel Ethan Finley George Harry Ibrahim James Kofi Liam Mohammed Nathan Oliver Piotr Reece "
         "Samuel Thomas Umar William Yusuf Zachary Alexander Christopher Michael".split(),
}
SHORT = {"Katherine": "Kate", "Rebecca": "Becky", "Victoria": "Vicky", "Abigail": "Abi", "Elizabeth": "Liz", "Margaret": "Maggie",
         "Benjamin": "Ben", "Daniel": "Dan", "James": "Jim", "Samuel": "Sam", "Thomas": "Tom", "William": "Bill",
         "Alexander": "Alex", "Christopher": "Chris", "Michael": "Mike", "Zachary": "Zac"}
STARTS = "Fict Mock Quill Vex Thim Brack Larn Oss Pell Grim Tarv Wend Ald Corb Harl Yarn".split()
ENDS = "onbee stead worthy ingham ersley ombe well aby oughton ander".split()
STREETS = [f"{start}{end} {kind}" for start in "Sham Feign Pretend Sample".split() for end in "er ing ham".split()
           for kind in "Road Lane Close".split()]
OUTWARD = ["ZX1", "ZX2", "ZX3", "ZX4"]
HOMES = 260


def postcode(chance):
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"{chance.choice(OUTWARD)} {chance.randint(1, 9)}{chance.choice(letters)}{chance.choice(letters)}"


def made_up_people(chance):
    people = []
    for _ in range(HOMES):
        family = chance.choice(STARTS) + chance.choice(ENDS)
        address, code = f"{chance.randint(1, 120)} {chance.choice(STREETS)}", postcode(chance)
        given_here = {"F": chance.sample(GIVEN["F"], 5), "M": chance.sample(GIVEN["M"], 5)}  # Nobody is called as another at home.
        for member in range(chance.choice([1, 1, 2, 3, 3, 4, 5])):
            sex = chance.choice("FM")
            year = chance.randint(1960, 1990) if member == 0 else chance.randint(2003, 2014)
            people.append({"family": family, "given": given_here[sex][member], "sex": sex, "address": address, "postcode": code,
                           "birth": (year, chance.randint(1, 12), chance.randint(1, 28)),
                           "phone": f"07700 900{chance.randint(0, 999):03}"})
    return people


def slip(chance, text):
    at = chance.randrange(1, len(text) - 1)
    return chance.choice([text[:at] + text[at + 1:], text[:at] + text[at + 1] + text[at] + text[at + 2:],
                          text[:at] + chance.choice("aeiou") + text[at + 1:]])


def written(chance, person):
    """What a clerk writes: seven in ten fields as they are."""
    given, family, address, code = (person[name] for name in ("given", "family", "address", "postcode"))
    year, month, day = person["birth"]
    if chance.random() < 0.25:
        given = SHORT.get(given, given)
    elif chance.random() < 0.08:
        given = slip(chance, given)
    if chance.random() < 0.10:
        family = slip(chance, family)
    if chance.random() < 0.04:
        given, family = family, given
    if chance.random() < 0.05 and day <= 12:
        day, month = month, day
    elif chance.random() < 0.05:
        day = max(1, day - 1)
    birth = "" if chance.random() < 0.08 else f"{day:02}/{month:02}/{year}"
    if chance.random() < 0.15:
        address, code = f"{chance.randint(1, 120)} {chance.choice(STREETS)}", postcode(chance)
    elif chance.random() < 0.10:
        code = ""
    phone = person["phone"] if chance.random() < 0.5 else ""
    return given, family, birth, person["sex"], address, code, phone


def write(name, columns, rows):
    with open(pathlib.Path(__file__).parent / name, "w", newline="", encoding="utf-8") as target:
        csv.writer(target, lineterminator="\n").writerows([columns, *rows])


def main():
    chance = random.Random(20261128)
    people = made_up_people(chance)
    numbers = list(range(len(people)))
    known_to_care = chance.sample(numbers, 420)
    in_custody = chance.sample(known_to_care, 130) + chance.sample(sorted(set(numbers) - set(known_to_care)), 110)
    chance.shuffle(in_custody)
    care, custody = [], []
    for number in known_to_care:
        given, family, birth, sex, address, code, phone = written(chance, people[number])
        care.append([f"C{len(care) + 1:04}", given, family, birth, sex, address, code, phone, number])
    for number in in_custody:
        for _ in range(chance.choice([1, 1, 1, 2])):
            given, family, birth, sex, address, code, phone = written(chance, people[number])
            custody.append([f"D{len(custody) + 1:04}", family.upper(), given, birth, sex, address, code, phone, number])
    write("care.csv", ["ref", "forename", "surname", "dob", "sex", "address", "postcode", "phone", "made_up_person"], care)
    write("custody.csv", ["ref", "surname", "forename", "date_of_birth", "sex", "address", "postcode", "mobile", "made_up_person"], custody)


if __name__ == "__main__":
    main()
