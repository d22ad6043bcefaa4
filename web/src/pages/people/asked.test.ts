import { describe, expect, test } from "vitest";
import { asked_in, put_right } from "./asked";

const k_year = 2026;

describe("what is made of what was typed of a person", () => {
  test("a name and a date of birth, as a duty desk types them", () => {
    expect(asked_in("Inventa Fictonby 20/04/2009", k_year)).toEqual({
      forename: "Inventa",
      surname: "Fictonby",
      birth: "2009-04-20",
    });
  });
  test("a surname before a comma comes first", () => {
    expect(asked_in("Fictonby, Inventa born 20 April 2009", k_year)).toEqual({
      forename: "Inventa",
      surname: "Fictonby",
      birth: "2009-04-20",
    });
  });
  test("as much of a date as is known, and two digits of a year that is past", () => {
    expect(asked_in("Fictonby 2009", k_year)).toEqual({ surname: "Fictonby", birth: "2009" });
    expect(asked_in("Fictonby April 2009", k_year)).toEqual({ surname: "Fictonby", birth: "2009-04" });
    expect(asked_in("Fictonby 4.2.09", k_year).birth).toBe("2009-02-04");
    expect(asked_in("Fictonby 4.2.71", k_year).birth).toBe("1971-02-04");
  });
  test("a day that no calendar has is left alone", () => {
    expect(asked_in("Fictonby 45/13/2009", k_year).birth).not.toBe("2009-13-45");
  });
  test("phone, postcode, address, sex and what somebody is called", () => {
    expect(asked_in("Inventa Fictonby, girl, aka Blink, 38 Sample Street, zz8 9fu, 07700 900132", k_year)).toEqual({
      forename: "Inventa",
      surname: "Fictonby",
      sex: "F",
      known_as: "Blink",
      address: "38 Sample Street",
      postcode: "ZZ8 9FU",
      phone: "07700 900132",
    });
  });
  test("a phone and an NHS number are told apart", () => {
    expect(asked_in("+44 7700 900132", k_year)).toEqual({ phone: "+44 7700 900132" });
    expect(asked_in("943 476 5919", k_year)).toEqual({ nhs_number: "943 476 5919" });
  });
  test("names keep their hyphens and apostrophes", () => {
    expect(asked_in("Placida-Test O’Example", k_year)).toEqual({ forename: "Placida-Test", surname: "O’Example" });
  });
  test("what is filled in field by field stands first, and what is emptied is left out", () => {
    expect(put_right({ forename: "Inventa", surname: "Fictonby" }, { forename: "", surname: "Fictonbee" })).toEqual({
      surname: "Fictonbee",
    });
  });
});
