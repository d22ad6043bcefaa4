// The header of each kind of extract, word for word as the documented formats have them (examples/agencies).
#include <array>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

// In the order of Kind.
constexpr std::array<std::string_view, k_kinds> k_headers{
    "Crime reference,Force,Offence code,Offence description,Reported date,Occurred from,Occurred to"
    ",Location address,Location postcode,Latitude,Longitude,Victim forename,Victim surname"
    ",Victim date of birth,Victim sex,Victim ethnicity,Victim phone,Suspect forename,Suspect surname"
    ",Suspect date of birth,Suspect sex,Suspect ethnicity,Suspect address,Suspect postcode,Suspect phone"
    ",Vehicle registration,Flags,Outcome,Outcome date,Summary",
    "Custody reference,Force,Custody suite,Arrested at,Arrest address,Arrest postcode"
    ",Detention authorised at,Released at,Grounds,Offence code,Offence description,Crime reference"
    ",Forename,Surname,Known as,Date of birth,Sex,Ethnicity,Phone,Home address,Home postcode,Police id"
    ",Looked after by,Flags,Risk assessment,Drug test,Disposal,Disposal date,Summary",
    "Episode reference,Force,Local authority,Forename,Surname,Known as,Date of birth,Sex,Ethnicity,Phone"
    ",Home address,Home postcode,Placement type,Category,Risk level,Missing from,Reported at,Reported by"
    ",Found at,Found where,Found postcode,Return interview offered,Return interview offered at"
    ",Return interview held at,Return interview held by,Return interview summary",
    "URN,Originator,Protective marking,Date of intelligence,Date of report,Source evaluation"
    ",Intelligence assessment,Handling code,Handling conditions,Confidence,MoPI group,Title"
    ",Subject 1 forename,Subject 1 surname,Subject 1 known as,Subject 1 date of birth,Subject 1 phone"
    ",Subject 2 forename,Subject 2 surname,Subject 2 date of birth,Subject 2 phone,Address,Postcode"
    ",Vehicle registration,Text",
    "Referral reference,First responder,Kind,Referred at,Forename,Surname,Known as,Date of birth,Sex"
    ",Ethnicity,Phone,Home address,Home postcode,Local authority,Age when exploited,Consent,Exploitation"
    ",County lines,Exploited at address,Exploited at postcode,Reasonable grounds,Reasonable grounds at"
    ",Conclusive grounds,Conclusive grounds at,Reason for a negative decision,Crime reference,Summary",
    "Referral number,Service,Referred by,Kind of help,Referred on,Received on,Forename,Surname"
    ",Date of birth,Sex,Ethnicity,Phone,Home address,Home postcode,Placement,Consent,Concerns"
    ",Risk as referred,Decision,Decided on,Reason for decision,Passed to,Closed on,Notes",
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range"
    ",Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome"
    ",Outcome linked to object of search,Removal of more than just outer clothing",
    "Pupil number,School,Local authority,Forename,Surname,Date of birth,Sex,Ethnicity,Home address"
    ",Home postcode,From,To,Sessions possible,Sessions missed,Sessions unauthorised,Main reason,Provision",
    "Exclusion number,Pupil number,School,Forename,Surname,Date of birth,Sex,Ethnicity,Home address"
    ",Home postcode,Measure,Begins,Ends,Sessions lost,Reason,Moved to,Review,Reviewed on",
    "Attendance number,Hospital,Arrived at,Left at,Forename,Surname,Date of birth,Sex,Ethnicity"
    ",NHS number,Home postcode,Brought by,Why,Weapon,Drug,Happened at,Happened at postcode,Police told"
    ",Outcome,Notes",
    "Spell number,Hospital,Admitted on,Discharged on,Forename,Surname,Date of birth,Sex,Ethnicity"
    ",NHS number,Home postcode,Admission,Diagnosis code,Diagnosis,Cause code,Discharged to",
    "Episode number,Provider,Client number,Forename,Surname,Date of birth,Sex,Ethnicity,NHS number"
    ",Home postcode,Local authority,Referred by,Referred on,Started on,Treatment,Main drug,Second drug"
    ",Third drug,Housing,Left on,How left",
    "Seizure reference,Exhibit number,Force,Crime reference,Seized at,How found,Place,Postcode,Latitude"
    ",Longitude,Drug,Form,Weight grams,Wraps,Packaging,Analysis,Analysed on,Purity per cent"
    ",Cutting agents,Profile,Holder forename,Holder surname,Holder date of birth,Summary",
    "Cash reference,Force,Seized at,Place,Postcode,Amount pounds,Description,Power,Crime reference"
    ",Holder forename,Holder surname,Holder date of birth,Result,Result on",
    "Order number,Applicant,Measure,Made on,Ends on,Address,Postcode,Latitude,Longitude,Grounds"
    ",Occupant forename,Occupant surname,Occupant date of birth,Who was there,What became of the occupant"
    ",Known on,Earlier order",
    "Report number,Landlord,Reported on,Happened at,Behaviour,Signs,Address,Postcode,Latitude,Longitude"
    ",Occupant forename,Occupant surname,Occupant date of birth,Tenure,Reported by,Action,Action on,Notes",
    "Release number,Prison,Prison number,Forename,Surname,Known as,Date of birth,Sex,Ethnicity,Police id"
    ",Released on,Kind of release,Licence ends,Offence description,Released to address"
    ",Released to postcode,Housing on release,Treatment to go on at",
    "Record number,Force,Authority reference,How obtained,Service,Started at,Seconds,Calling number"
    ",Calling IMEI,Calling IMSI,Called number,Called IMEI,Called IMSI,First cell,First cell address"
    ",First cell postcode,First cell latitude,First cell longitude,First cell bearing,Last cell",
    "Read number,Force,Authority reference,Purpose,Read at,Camera,Camera site,Latitude,Longitude,Bearing"
    ",Direction,Registration,Vehicle,Read confidence"};

}  // namespace

std::string_view header_of(Kind kind) {
  return k_headers[static_cast<std::size_t>(kind)];
}

}  // namespace throughline::simulate
