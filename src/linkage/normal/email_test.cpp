#include "linkage/normal/email.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/made_up_bytes_for_tests.h"

namespace throughline::linkage {
namespace {

std::string told(std::string_view text) {
  const EmailAddress address = read_email(text);
  if (address.presence != Presence::present) return std::string(name_of(address.presence));
  return address.mailbox + (address.tag.empty() ? "" : " tag " + address.tag) + (address.is_shared ? " shared" : "");
}

TEST(EmailAddress, has_one_mailbox_whatever_its_case_and_tag) {
  EXPECT_EQ(told("Jo.Bloggs@Somewhere.co.uk"), "jo.bloggs@somewhere.co.uk");
  EXPECT_EQ(told(" JO.BLOGGS@somewhere.co.uk. "), "jo.bloggs@somewhere.co.uk");
  EXPECT_EQ(told("jo.bloggs+school@somewhere.co.uk"), "jo.bloggs@somewhere.co.uk tag school");
  EXPECT_EQ(told("mailto:jo@somewhere.co.uk"), "jo@somewhere.co.uk");
  EXPECT_EQ(told("Jo Bloggs <jo@somewhere.co.uk>"), "jo@somewhere.co.uk");
  EXPECT_EQ(read_email("Jo+x@Somewhere.co.uk").local, "jo");
  EXPECT_EQ(read_email("Jo+x@Somewhere.co.uk").domain, "somewhere.co.uk");
}

TEST(EmailAddress, at_gmail_has_no_dots) {
  EXPECT_EQ(told("j.o.bloggs@gmail.com"), "jobloggs@gmail.com");
  EXPECT_EQ(told("JoBloggs+a.b@googlemail.com"), "jobloggs@gmail.com tag a.b");
  EXPECT_EQ(read_email("j.o@gmail.com").local, "j.o");
}

TEST(EmailAddress, of_an_office_is_marked) {
  EXPECT_EQ(told("info@somewhere.org.uk"), "info@somewhere.org.uk shared");
}

TEST(EmailAddress, that_fills_a_field_is_missing) {
  for (const std::string_view text :
       {"test@somewhere.co.uk", "none@none.com", "jo@example.com", "a@a.com", "no@no.no", "jo@site.invalid"}) {
    EXPECT_EQ(told(text), "filler") << text;
  }
  EXPECT_EQ(told("unknown"), "not known");
  EXPECT_EQ(told(""), "blank");
}

TEST(EmailAddress, without_its_parts_is_unreadable) {
  for (const std::string_view text :
       {"jo.bloggs", "@somewhere.co.uk", "jo@", "jo@somewhere", "jo@@somewhere.co.uk", "jo bloggs@x.uk",
        ".jo@somewhere.uk", "jo..b@somewhere.uk", "jo@some..uk", "jo@.uk", "+x@", "jo@some_where.uk"}) {
    EXPECT_EQ(told(text), "unreadable") << text;
  }
}

RC_GTEST_PROP(EmailAddress, read_again_from_its_mailbox_is_the_same, ()) {
  const EmailAddress once = read_email(*made_up_bytes("ab.@+gmilco-<>"));
  RC_ASSERT(once.mailbox.empty() == (once.presence != Presence::present));
  if (once.presence != Presence::present) return;
  const EmailAddress twice = read_email(once.mailbox);
  RC_ASSERT(twice.mailbox == once.mailbox || twice.presence == Presence::filler);
}

}  // namespace
}  // namespace throughline::linkage
