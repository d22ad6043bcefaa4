#include "simulate/observe/agencies.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace throughline::simulate {

namespace {

// As the world names a force's area, as data.police.uk names its files, and as the force calls itself.
struct ForceNames {
  std::string_view area;
  std::string_view published;
  std::string_view name;
};
constexpr std::array<ForceNames, 43> k_forces{{
    {"Avon and Somerset", "avon-and-somerset", "Avon and Somerset Constabulary"},
    {"Bedfordshire", "bedfordshire", "Bedfordshire Police"},
    {"Cambridgeshire", "cambridgeshire", "Cambridgeshire Constabulary"},
    {"Cheshire", "cheshire", "Cheshire Constabulary"},
    {"Cleveland", "cleveland", "Cleveland Police"},
    {"Cumbria", "cumbria", "Cumbria Constabulary"},
    {"Derbyshire", "derbyshire", "Derbyshire Constabulary"},
    {"Devon & Cornwall", "devon-and-cornwall", "Devon & Cornwall Police"},
    {"Dorset", "dorset", "Dorset Police"},
    {"Durham", "durham", "Durham Constabulary"},
    {"Dyfed-Powys", "dyfed-powys", "Dyfed-Powys Police"},
    {"Essex", "essex", "Essex Police"},
    {"Gloucestershire", "gloucestershire", "Gloucestershire Constabulary"},
    {"Greater Manchester", "greater-manchester", "Greater Manchester Police"},
    {"Gwent", "gwent", "Gwent Police"},
    {"Hampshire", "hampshire", "Hampshire Constabulary"},
    {"Hertfordshire", "hertfordshire", "Hertfordshire Constabulary"},
    {"Humberside", "humberside", "Humberside Police"},
    {"Kent", "kent", "Kent Police"},
    {"Lancashire", "lancashire", "Lancashire Constabulary"},
    {"Leicestershire", "leicestershire", "Leicestershire Police"},
    {"Lincolnshire", "lincolnshire", "Lincolnshire Police"},
    {"London, City of", "city-of-london", "City of London Police"},
    {"Merseyside", "merseyside", "Merseyside Police"},
    {"Metropolitan Police", "metropolitan", "Metropolitan Police Service"},
    {"Norfolk", "norfolk", "Norfolk Constabulary"},
    {"North Wales", "north-wales", "North Wales Police"},
    {"North Yorkshire", "north-yorkshire", "North Yorkshire Police"},
    {"Northamptonshire", "northamptonshire", "Northamptonshire Police"},
    {"Northumbria", "northumbria", "Northumbria Police"},
    {"Nottinghamshire", "nottinghamshire", "Nottinghamshire Police"},
    {"South Wales", "south-wales", "South Wales Police"},
    {"South Yorkshire", "south-yorkshire", "South Yorkshire Police"},
    {"Staffordshire", "staffordshire", "Staffordshire Police"},
    {"Suffolk", "suffolk", "Suffolk Constabulary"},
    {"Surrey", "surrey", "Surrey Police"},
    {"Sussex", "sussex", "Sussex Police"},
    {"Thames Valley", "thames-valley", "Thames Valley Police"},
    {"Warwickshire", "warwickshire", "Warwickshire Police"},
    {"West Mercia", "west-mercia", "West Mercia Police"},
    {"West Midlands", "west-midlands", "West Midlands Police"},
    {"West Yorkshire", "west-yorkshire", "West Yorkshire Police"},
    {"Wiltshire", "wiltshire", "Wiltshire Police"},
}};

std::string slug_of(std::string_view name) {
  std::string slug;
  for (const char letter : name) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    if (is_plain) {
      slug += letter;
    } else if (letter >= 'A' && letter <= 'Z') {
      slug += static_cast<char>(letter - 'A' + 'a');
    } else if (letter != '\'' && letter != '.' && !slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  return slug;
}

// "ESS" of Essex, "SAU" of Southend-on-Sea: three letters that references begin with.
std::string prefix_of(std::string_view name) {
  std::string letters;
  for (const char letter : name) {
    if (letter >= 'A' && letter <= 'Z') letters += letter;
    if (letter >= 'a' && letter <= 'z') letters += static_cast<char>(letter - 'a' + 'A');
  }
  if (letters.size() <= 3) return letters;
  return {letters[0], letters[letters.size() / 2], letters.back()};
}

const ForceNames* names_of(std::string_view area) {
  const auto* const at = std::ranges::find(k_forces, area, &ForceNames::area);
  return at == k_forces.end() ? nullptr : at;
}

Agency agency(std::string name, Holder holder, std::vector<std::int32_t> towns) {
  Agency made{.name = std::move(name), .holder = holder, .towns = std::move(towns)};
  made.folder = slug_of(made.name);
  made.prefix = prefix_of(made.name);
  made.key = base::stream_of(made.folder);
  return made;
}

}  // namespace

std::vector<Agency> agencies_of(const World& world) {
  std::vector<Agency> agencies;
  std::vector<std::string> areas;
  std::vector<std::int32_t> all;
  for (std::size_t town = 0; town < world.places.size(); ++town) {
    const std::string& area = world.places[town].force;
    all.push_back(static_cast<std::int32_t>(town));
    const auto at = std::ranges::find(areas, area);
    if (at != areas.end()) {
      agencies[static_cast<std::size_t>(at - areas.begin())].towns.push_back(all.back());
      continue;
    }
    areas.push_back(area);
    const ForceNames* names = names_of(area);
    agencies.push_back(
        agency(names == nullptr ? area + " Police" : std::string(names->name), Holder::force, {all.back()}));
  }
  const std::size_t forces = areas.size();
  for (std::size_t town = 0; town < world.places.size(); ++town) {
    const std::vector<std::int32_t> here{static_cast<std::int32_t>(town)};
    agencies.push_back(agency(world.places[town].name + " Council", Holder::council, here));
    agencies.push_back(agency(world.places[town].name + " General Hospital", Holder::hospital, here));
  }
  for (std::size_t force = 0; force < forces; ++force) {
    agencies.push_back(
        agency(areas[force] + " Recovery Service", Holder::provider, std::vector(agencies[force].towns)));
  }
  agencies.push_back(agency("Competent Authority", Holder::competent_authority, all));
  agencies.push_back(agency("Prison Service", Holder::prison_service, all));
  return agencies;
}

std::string published_name(std::string_view force) {
  const auto* const at = std::ranges::find(k_forces, force, &ForceNames::name);
  return at == k_forces.end() ? slug_of(force) : std::string(at->published);
}

const Agency& force_of(const Scene& scene, std::int32_t town) {
  for (const Agency& one : scene.agencies) {
    if (one.holder == Holder::force && std::ranges::find(one.towns, town) != one.towns.end()) return one;
  }
  CHECK(false);
}

}  // namespace throughline::simulate
