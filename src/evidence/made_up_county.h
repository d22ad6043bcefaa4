// A county that does not exist, for tests: two forces, two authorities, three LSOAs, two LSOAs of an older edition.
#pragma once

#include "evidence/areas.h"

namespace throughline::evidence {

inline const AreaCode k_lsoa_1 = *records::GssCode::parse("E01000901");
inline const AreaCode k_lsoa_2 = *records::GssCode::parse("E01000902");
inline const AreaCode k_lsoa_3 = *records::GssCode::parse("E01000903");
inline const AreaCode k_lsoa_2011 = *records::GssCode::parse("E01000801");
inline const AreaCode k_lsoa_2011_torn = *records::GssCode::parse("E01000802");
inline const AreaCode k_ward = *records::GssCode::parse("E05000901");
inline const AreaCode k_marsh = *records::GssCode::parse("E07000901");
inline const AreaCode k_hill = *records::GssCode::parse("E09000902");
inline const AreaCode k_otherford_force = *records::GssCode::parse("E23000901");
inline const AreaCode k_elsewhere_force = *records::GssCode::parse("E23000902");

// Only the authority of Otherford has residents: 50,000 in 2010 and 52,000 in 2020.
inline AreaTables made_up_tables() {
  return {.areas = {{k_lsoa_1, "Marsh 001A", AreaKind::lsoa, 2021},
                    {k_lsoa_2, "Marsh 001B", AreaKind::lsoa, 2021},
                    {k_lsoa_3, "Hill 001A", AreaKind::lsoa, 2021},
                    {k_lsoa_2011, "Marsh 001", AreaKind::lsoa, 2011},
                    {k_lsoa_2011_torn, "Marsh 002", AreaKind::lsoa, 2011},
                    {k_ward, "Otherford", AreaKind::ward, 2024},
                    {k_marsh, "Otherford upon the Marsh", AreaKind::local_authority, 2024},
                    {k_marsh, "Otherford Rural", AreaKind::local_authority, 2016},
                    {k_hill, "Elsewhere Hill", AreaKind::local_authority, 2024},
                    {k_otherford_force, "Otherford", AreaKind::force, 2016},
                    {k_elsewhere_force, "Elsewhere, City of", AreaKind::force, 2016}},
          .parts = {{k_lsoa_1, k_ward, 2024},
                    {k_lsoa_1, k_marsh, 2024},
                    {k_lsoa_2, k_marsh, 2024},
                    {k_lsoa_3, k_hill, 2024},
                    {k_lsoa_2011, k_lsoa_1, 2021},
                    {k_lsoa_2011, k_lsoa_2, 2021},
                    {k_lsoa_2011_torn, k_lsoa_2, 2021},
                    {k_lsoa_2011_torn, k_lsoa_3, 2021},
                    {k_lsoa_3, k_lsoa_3, 2021},
                    {k_marsh, k_otherford_force, 2016},
                    {k_hill, k_elsewhere_force, 2016}},
          .populations = {{k_marsh, 2010, 50'000}, {k_marsh, 2020, 52'000}}};
}

inline Areas made_up_areas() {
  return Areas::build(made_up_tables());
}

}  // namespace throughline::evidence
