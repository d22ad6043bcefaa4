#include "serve/static_files.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "base/sha256.h"
#include "serve/http_outgoing.h"

namespace throughline::serve {
namespace {

struct Made {
  std::string path;
  std::string content;
  std::string packed;
  std::string lasts = "checked";
};

// A pack as tools/pack_web.py makes it.
std::string pack_of(const std::vector<Made>& files) {
  std::string index, bodies;
  for (const Made& file : files) {
    const std::size_t offset = bodies.size();
    bodies += file.content + file.packed;
    index += file.path + "\ttext/plain\t" + base::hash_text(file.content).hex() + "\t" + file.lasts + "\t" +
             std::to_string(offset) + "\t" + std::to_string(file.content.size()) + "\t" +
             std::to_string(offset + file.content.size()) + "\t" + std::to_string(file.packed.size()) + "\n";
  }
  return "throughline web pack 1\n" + std::to_string(files.size()) + " " + std::to_string(bodies.size()) + "\n" +
         index + bodies;
}

const std::vector<Made>& some_files() {
  static const std::vector<Made> files = {
      {.path = "assets/app-1a2b.js", .content = "script", .packed = "packed", .lasts = "forever"},
      {.path = "index.html", .content = "the page\nwith lines\n", .packed = ""}};
  return files;
}

StaticFiles opened() {
  return StaticFiles::open(pack_of(some_files()), {"/", "/sources", "/sources/*"}).value();
}

RequestHead head_of(std::string path, Method method = Method::get) {
  RequestHead head;
  head.method = method;
  head.path = std::move(path);
  return head;
}

std::string body_at(const StaticFiles& files, const std::string& path) {
  const std::optional<Response> response = files.answer(head_of(path));
  return response.has_value() ? *response->body : "nothing";
}

std::string field_of(const Response& response, const std::string& name) {
  for (const auto& [known, value] : response.fields) {
    if (known == name) return value;
  }
  return "";
}

TEST(StaticFiles, are_found_by_their_exact_path) {
  const StaticFiles files = opened();
  EXPECT_EQ(body_at(files, "/assets/app-1a2b.js"), "script");
  EXPECT_EQ(body_at(files, "/index.html"), "the page\nwith lines\n");
  for (const char* path :
       {"/assets/app-1a2b.j", "/assets", "/assets/", "/Assets/app-1a2b.js", "/index.html/", "/etc/passwd"}) {
    EXPECT_EQ(body_at(files, path), "nothing") << path;
  }
}

TEST(StaticFiles, answer_pages_from_the_list_and_no_others) {
  const StaticFiles files = opened();
  for (const char* page : {"/", "/sources", "/sources/12"})
    EXPECT_EQ(body_at(files, page), "the page\nwith lines\n") << page;
  for (const char* other : {"/sources/", "/sources/12/13", "/sourcesx", "/people", "/api/sources"}) {
    EXPECT_EQ(body_at(files, other), "nothing") << other;
  }
}

TEST(StaticFiles, are_only_read) {
  const StaticFiles files = opened();
  EXPECT_TRUE(files.answer(head_of("/", Method::head)).has_value());
  for (const Method method : {Method::post, Method::put, Method::remove}) {
    EXPECT_FALSE(files.answer(head_of("/", method)).has_value()) << method_name(method);
  }
}

TEST(StaticFiles, with_their_content_in_their_name_are_kept_for_ever_and_others_asked_for_again) {
  const StaticFiles files = opened();
  EXPECT_EQ(field_of(*files.answer(head_of("/assets/app-1a2b.js")), "cache-control"),
            "public, max-age=31536000, immutable");
  const Response page = files.answer(head_of("/")).value();
  EXPECT_EQ(field_of(page, "cache-control"), "no-cache");
  const std::string tag = field_of(page, "etag");
  for (const std::string& list : {tag, "\"other\", " + tag, std::string("*"), tag.substr(2)}) {
    RequestHead again = head_of("/");
    again.fields = {{"if-none-match", list}};
    const Response response = files.answer(again).value();
    EXPECT_EQ(response.status, 304) << list;
    EXPECT_EQ(response.body, nullptr);
    EXPECT_EQ(field_of(response, "etag"), tag);
  }
  RequestHead changed = head_of("/");
  changed.fields = {{"if-none-match", "W/\"other\""}};
  EXPECT_EQ(files.answer(changed)->status, 200);
}

TEST(StaticFiles, have_their_packed_form_for_those_who_take_it) {
  const Response script = opened().answer(head_of("/assets/app-1a2b.js")).value();
  EXPECT_EQ(*make_outgoing(script, {.takes_gzip = true})->body, "packed");
  EXPECT_EQ(*make_outgoing(script, {})->body, "script");
}

TEST(StaticFiles, of_an_empty_pack_are_none) {
  const StaticFiles files = StaticFiles::open("", {"/"}).value();
  EXPECT_TRUE(files.is_empty());
  EXPECT_EQ(body_at(files, "/"), "nothing");
}

TEST(StaticFiles, of_a_damaged_pack_are_refused_wherever_it_is_cut_or_changed) {
  const std::string whole = pack_of(some_files());
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto cut = StaticFiles::open(std::string_view(whole).substr(0, size), {});
    ASSERT_FALSE(cut.ok()) << size;
    EXPECT_EQ(cut.error().code, "web_pack_damaged");
  }
  std::string changed = whole;
  changed[changed.find("the page")] = 'T';
  EXPECT_FALSE(StaticFiles::open(changed, {}).ok());
  const std::vector<Made> twice = {some_files().front(), some_files().front()};
  EXPECT_FALSE(StaticFiles::open(pack_of(twice), {}).ok());
}

}  // namespace
}  // namespace throughline::serve
