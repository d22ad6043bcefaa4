#include "simulate/model.h"

namespace throughline::simulate {

const std::array<LeverWords, k_levers>& lever_words() {
  static constexpr std::array<LeverWords, k_levers> k_words{{
      {"carrier_arrests", "arrests of people made to carry or sell"},
      {"controller_arrests", "arrests of those who run lines"},
      {"local_arrests", "arrests of local sellers"},
      {"premises_closures", "closures of homes taken over"},
      {"travel_stops", "stops on trains and roads, and how far they deter"},
      {"shipment_seizures", "seizures of shipments; one force for all hubs"},
      {"imports", "what importers can bring in"},
      {"treatment_places", "places in treatment"},
      {"treatment_wait", "days of waiting for treatment"},
      {"treatment_retention", "how long people stay in treatment"},
      {"recruitment", "how often an approach to a person at risk succeeds; below 1 is prevention"},
      {"newcomers", "how many come forward to run lines"},
      {"safeguarding", "how often a missing episode or an arrest leads to a referral that helps"},
      {"beginning", "people who begin to use"},
      {"recording", "police effort in searching and recording"},
      {"crack", "how much crack each who uses it takes, and violence under its influence"},
      {"grows", "how often places where cannabis is grown are found"},
  }};
  return k_words;
}

const std::array<LeverWords, 4>& strike_words() {
  static constexpr std::array<LeverWords, 4> k_words{{
      {"carriers", "people made to carry or sell, arrested on one day"},
      {"controllers", "those who run lines, arrested on one day"},
      {"local_sellers", "local sellers, arrested on one day"},
      {"stock", "what hubs hold, seized on one day"},
  }};
  return k_words;
}

}  // namespace throughline::simulate
