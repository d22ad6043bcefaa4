#!/usr/bin/env python3
"""Mesa's part of calendar_beside_mesa.py: people who change state after exponential times. Runs in an environment of its own.

    mesa_calendar.py PEOPLE YEARS

An agent for each person, each of whose events schedules the next, as Mesa's documentation teaches for discrete events. Prints the
events, the CPU seconds from making everybody to the last event, and Mesa's version.
"""

import collections
import importlib.metadata
import sys
import time

import mesa
from mesa.experimental.devs import DEVSimulator

MEAN_DAYS = 60
STATES = 6


class Person(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.state = 0
        self.wait()

    def wait(self):
        # Whole days, one at least, as event_calendar_bench has them.
        days = 1 + int(self.random.expovariate(1 / MEAN_DAYS))
        self.state = self.random.randrange(STATES)
        self.model.simulator.schedule_event_relative(self.change, days)

    def change(self):
        self.model.events += 1
        self.model.states[self.state] += 1
        self.wait()


class Town(mesa.Model):
    def __init__(self, people, simulator):
        super().__init__(seed=1)
        self.simulator = simulator
        self.events = 0
        self.states = collections.Counter()
        simulator.setup(self)
        Person.create_agents(self, people)


def main():
    people, years = int(sys.argv[1]), int(sys.argv[2])
    worked = time.process_time()
    simulator = DEVSimulator()
    town = Town(people, simulator)
    simulator.run_until(years * 365 - 1)
    print(f"{town.events} {time.process_time() - worked:.3f} {importlib.metadata.version('mesa')}")


if __name__ == "__main__":
    main()
