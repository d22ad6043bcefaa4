#!/usr/bin/env python3
"""Makes the example's people and the extracts that five agencies hold of them. Everybody is made up.

Usage: examples/people/make.py [FOLDER] writes the files into FOLDER; into its own without one.

The same seed gives the same bytes. truth.csv says who is who and is read by no page: it is there to judge a linkage by.
"""

import csv
import datetime
import io
import pathlib
import random
import sys

SEED = 20250901
PEOPLE = 400
FORENAME_STEMS = ("Invent", "Exampl", "Fabric", "Prothe", "Imagin", "Dummi", "Placid", "Testwin", "Quill", "Vexen", "Sampel", "Specim",
                  "Tentat", "Hypoth", "Suppos", "Figur")
FORENAME_ENDS = {"F": ("a", "ia", "elle", "ette", "ora", "ine"), "M": ("o", "on", "ick", "an", "us", "ard")}
SURNAME_STEMS = ("Fict", "Mock", "Sampl", "Exempl", "Invent", "Proto", "Dumming", "Specim", "Madeup", "Notreal", "Placehold", "Pretend",
                 "Whatif", "Sketch")
SURNAME_ENDS = ("by", "ford", "ham", "ington", "ley", "son", "ton", "worth", "wick", "stead", "combe", "ridge")
STREETS = ("Sample Street", "Placeholder Road", "Fiction Way", "Example Lane", "Specimen Close", "Draft Hill", "Model Terrace")
TOWNS = ("Otherford", "Mockbridge", "Sampleham", "Specimen Town", "Dummington")
ETHNICITIES = ("W1", "W1", "W1", "W9", "M1", "A2", "B1", "B2", "NS")
OFFENCES = {"105A": "Assault without injury", "8N": "Assault with injury", "34B": "Robbery of personal property",
            "10D": "Possession of article with blade or point", "92D": "Possession of controlled drugs"}
TODAY = datetime.date(2025, 9, 30)

CRIME = ("Crime reference,Force,Offence code,Offence description,Reported date,Occurred from,Occurred to,Location address,Location postcode,"
         "Latitude,Longitude,Victim forename,Victim surname,Victim date of birth,Victim sex,Victim ethnicity,Victim phone,Suspect forename,"
         "Suspect surname,Suspect date of birth,Suspect sex,Suspect ethnicity,Suspect address,Suspect postcode,Suspect phone,"
         "Vehicle registration,Flags,Outcome,Outcome date,Summary").split(",")
MISSING = ("Episode reference,Force,Local authority,Forename,Surname,Known as,Date of birth,Sex,Ethnicity,Phone,Home address,Home postcode,"
           "Placement type,Category,Risk level,Missing from,Reported at,Reported by,Found at,Found where,Found postcode,"
           "Return interview offered,Return interview offered at,Return interview held at,Return interview held by,"
           "Return interview summary").split(",")
REPORT = ("URN,Originator,Protective marking,Date of intelligence,Date of report,Source evaluation,Intelligence assessment,Handling code,"
          "Handling conditions,Confidence,MoPI group,Title,Subject 1 forename,Subject 1 surname,Subject 1 known as,Subject 1 date of birth,"
          "Subject 1 phone,Subject 2 forename,Subject 2 surname,Subject 2 date of birth,Subject 2 phone,Address,Postcode,"
          "Vehicle registration,Text").split(",")


class Person:
    def __init__(self, number, home, surname, birth, sex, chance):
        self.number, self.home, self.surname, self.birth, self.sex = number, home, surname, birth, sex
        self.forename = chance.choice(FORENAME_STEMS) + chance.choice(FORENAME_ENDS[sex])
        self.known_as = self.forename[:4] if chance.random() < 0.3 else ""
        self.phone = f"07700 900{number:03d}" if self.age() > 10 and chance.random() < 0.7 else ""
        self.ethnicity = chance.choice(ETHNICITIES)
        self.in_care = self.age() < 18 and chance.random() < 0.3

    def age(self):
        return (TODAY - self.birth).days // 365


def home_of(chance):
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    postcode = f"ZZ{chance.randint(1, 9)} {chance.randint(1, 9)}{chance.choice(letters)}{chance.choice(letters)}"
    return f"{chance.randint(1, 160)} {chance.choice(STREETS)}, {chance.choice(TOWNS)}", postcode


def birth_in(chance, first, last):
    return datetime.date(chance.randint(first, last), 1, 1) + datetime.timedelta(days=chance.randint(0, 364))


def family(people, chance, size):
    """One or two grown-ups and their children; now and then twins."""
    home, surname = home_of(chance), chance.choice(SURNAME_STEMS) + chance.choice(SURNAME_ENDS)
    twin_birth = None
    for place in range(size):
        grown = place == 0 or (place == 1 and size > 3)
        birth = birth_in(chance, 1965, 1992) if grown else twin_birth or birth_in(chance, 2007, 2014)
        twin_birth = birth if not grown and twin_birth is None and chance.random() < 0.15 else None
        people.append(Person(len(people), home, surname, birth, chance.choice("FM"), chance))


def namesakes(people, chance):
    """Others of the same two names, born elsewhere in other years."""
    for model in chance.sample(people, 15):
        other = Person(len(people), home_of(chance), model.surname, birth_in(chance, 1970, 2012), model.sex, chance)
        other.forename = model.forename
        people.append(other)


def populate(chance):
    people = []
    while len(people) < PEOPLE - 15:
        family(people, chance, min(chance.choice((1, 1, 2, 3, 4, 5)), PEOPLE - 15 - len(people)))
    namesakes(people, chance)
    return people


def misspelt(text, chance):
    at = chance.randint(1, len(text) - 2)
    return chance.choice((text[:at] + text[at + 1:], text[:at] + text[at] + text[at:], text[:at] + text[at + 1] + text[at] + text[at + 2:],
                          text[:at] + chance.choice("aeiouy") + text[at + 1:]))


def as_noted(person, chance):
    """A person as one agency wrote them down: mostly right."""
    noted = {"forename": person.forename, "surname": person.surname, "birth": person.birth, "phone": person.phone}
    if chance.random() < 0.12:
        noted["forename"] = misspelt(person.forename, chance)
    if chance.random() < 0.12:
        noted["surname"] = misspelt(person.surname, chance)
    if chance.random() < 0.06:
        noted["forename"] = person.forename[:4]
    if chance.random() < 0.06 and person.birth.day <= 12:
        noted["birth"] = person.birth.replace(day=person.birth.month, month=person.birth.day)
    if chance.random() < 0.08:
        noted["birth"] = None
    if chance.random() < 0.4:
        noted["phone"] = ""
    return noted


def british(day):
    return day.strftime("%d/%m/%Y") if day else ""


def iso(day):
    return day.isoformat() if day else ""


class Agency:
    """Rows of one extract, with who stands in each."""

    def __init__(self, name, header, chance):
        self.name, self.header, self.chance, self.rows, self.truth = name, header, chance, [], []

    def day(self):
        return datetime.date(2025, 1, 2) + datetime.timedelta(days=self.chance.randint(0, 268))

    def add(self, row, **people):
        self.rows.append([row.get(column, "") for column in self.header])
        self.truth += [(len(self.rows), item, person.number) for item, person in people.items()]

    def write(self, folder, file):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([self.header, *self.rows])
        (folder / file).write_text(text.getvalue(), encoding="utf-8")
        return [(file, row, item, number) for row, item, number in self.truth]


def crime(agency, number, victim, suspect):
    chance, day = agency.chance, agency.day()
    code = chance.choice(tuple(OFFENCES)[:3] if victim else tuple(OFFENCES)[3:])
    row = {"Crime reference": f"{agency.name[:2].upper()}/{number:06d}/25", "Force": agency.name, "Offence code": code,
           "Offence description": OFFENCES[code], "Reported date": f"{british(day)} 20:15", "Occurred from": f"{british(day)} 18:00",
           "Outcome": "Under investigation", "Summary": "A made-up report."}
    if victim:
        noted = as_noted(victim, chance)
        row |= {"Victim forename": noted["forename"], "Victim surname": noted["surname"], "Victim date of birth": british(noted["birth"]),
                "Victim sex": victim.sex, "Victim ethnicity": victim.ethnicity, "Victim phone": noted["phone"]}
    if suspect:
        noted = as_noted(suspect, chance)
        row |= {"Suspect forename": noted["forename"], "Suspect surname": noted["surname"], "Suspect date of birth": british(noted["birth"]),
                "Suspect sex": suspect.sex, "Suspect ethnicity": suspect.ethnicity, "Suspect phone": noted["phone"],
                "Suspect address": suspect.home[0], "Suspect postcode": suspect.home[1]}
    agency.add(row, **{name: each for name, each in (("victim", victim), ("suspect", suspect)) if each})


def episode(agency, number, person):
    chance, day = agency.chance, agency.day()
    noted = as_noted(person, chance)
    placement = chance.choice(("Foster care", "Children's home")) if person.in_care else "Living with family" if person.age() < 18 else ""
    category = "Missing from care" if person.in_care else "Missing child" if person.age() < 18 else "Missing adult"
    back = day + datetime.timedelta(days=chance.randint(1, 4))
    agency.add({"Episode reference": f"{agency.name[:2].upper()}-M-{number:04d}", "Force": agency.name,
                "Local authority": "Specimen County Council", "Forename": noted["forename"], "Surname": noted["surname"],
                "Known as": person.known_as, "Date of birth": iso(noted["birth"]), "Sex": person.sex, "Ethnicity": person.ethnicity,
                "Phone": noted["phone"], "Home address": person.home[0], "Home postcode": person.home[1], "Placement type": placement,
                "Category": category, "Risk level": chance.choice(("Low", "Medium", "High")), "Missing from": f"{iso(day)} 21:00",
                "Reported at": f"{iso(day)} 23:30", "Reported by": "Parent or carer", "Found at": f"{iso(back)} 09:00"}, missing=person)


def report(agency, number, person, is_sealed):
    chance, day = agency.chance, agency.day()
    noted = as_noted(person, chance)
    agency.add({"URN": f"{agency.name[:2].upper()}-INT-25-{number:05d}", "Originator": agency.name, "Protective marking": "OFFICIAL",
                "Date of intelligence": british(day), "Date of report": british(day), "Source evaluation": "1",
                "Intelligence assessment": "B", "Handling code": "C" if is_sealed else "P",
                "Handling conditions": "A2; S1" if is_sealed else "", "Confidence": "Medium", "MoPI group": "3",
                "Title": "Protected address" if is_sealed else "Seen with others", "Subject 1 forename": noted["forename"],
                "Subject 1 surname": noted["surname"], "Subject 1 known as": person.known_as,
                "Subject 1 date of birth": british(noted["birth"]), "Subject 1 phone": noted["phone"], "Address": person.home[0],
                "Postcode": person.home[1], "Text": "Subject 1 lives at the address given. Made up."}, **{"subject-1": person})


# One girl whom every agency knows, misspelt here and there; a twin brother; a woman at a protected address.
def known_to_all(chance):
    home = ("38 Sample Street, Mockbridge", "ZZ8 9FU")
    girl = Person(900, home, "Vexworthy", datetime.date(2009, 4, 20), "F", chance)
    girl.forename, girl.known_as, girl.phone, girl.in_care = "Quillia", "Quill", "07700 900900", True
    twin = Person(901, home, "Vexworthy", datetime.date(2009, 4, 20), "M", chance)
    twin.forename, twin.known_as, twin.phone, twin.in_care = "Quillon", "", "", True
    woman = Person(902, ("7 Refuge Row, Nowhere", "ZZ9 9ZZ"), "Hiddenham", datetime.date(1990, 3, 3), "F", chance)
    woman.forename, woman.known_as, woman.phone = "Sealda", "", "07700 900902"
    return girl, twin, woman


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    chance = random.Random(SEED)
    people = populate(chance)
    girl, twin, woman = known_to_all(chance)
    forces = [Agency(name, CRIME, chance) for name in ("Otherford Police", "Mockbridge Constabulary", "Sampleham Police")]
    unit, council = Agency("Otherford Missing Persons Unit", MISSING, chance), Agency("Specimen County Council", MISSING, chance)
    hub, protected = Agency("Otherford Intelligence Hub", REPORT, chance), Agency("Specimen County Council", REPORT, chance)
    for force in forces:
        for number in range(150):
            victim = chance.choice(people) if number % 3 else None
            crime(force, number, victim, chance.choice(people) if number % 2 or victim is None else None)
        crime(force, 150, girl, None)
        crime(force, 151, None, twin if force is forces[1] else girl)
    young = [person for person in people if person.age() < 18]
    for number in range(90):
        episode(unit, number, chance.choice(young if number % 4 else people))
    for number in range(110):
        episode(council, number, chance.choice([person for person in young if person.in_care] if number % 2 else young))
    for number, agency in enumerate((unit, council, council)):
        episode(agency, 200 + number, twin if number == 1 else girl)
    for number in range(60):
        report(hub, number, chance.choice(people), False)
    report(protected, 1, woman, True)
    report(protected, 2, chance.choice(people), True)
    truth = []
    for agency, file in ((forces[0], "otherford_crimes.csv"), (forces[1], "mockbridge_crimes.csv"), (forces[2], "sampleham_crimes.csv"),
                         (unit, "missing_unit_episodes.csv"), (council, "council_episodes.csv"), (hub, "otherford_reports.csv"),
                         (protected, "council_reports.csv")):
        truth += agency.write(folder, file)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("file", "row", "item", "person"), *truth])
    (folder / "truth.csv").write_text(text.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
