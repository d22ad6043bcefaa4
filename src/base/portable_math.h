// Elementary functions that give the same bits on every IEEE-754 machine.
//
// The C library's may differ in the last digit between versions and processors (it picks code by what the processor can
// do), and that digit would make two machines disagree. These use only +, -, * and / in a fixed order.
#pragma once

namespace throughline::base {

// Natural logarithm; within 1 unit in the last place. -inf for 0, nan for less.
[[nodiscard]] double portable_log(double x);
// e to the power x; within 1 unit in the last place where the answer is a normal number, else inf or 0.
[[nodiscard]] double portable_exp(double x);
// log(n!) for n >= 0; relative error below 1e-14.
[[nodiscard]] double portable_log_factorial(double n);
// The standard normal quantile (Wichura, 1988, AS 241, PPND16); relative error about 1e-15. REQUIRES: 0 < p < 1.
[[nodiscard]] double portable_normal_quantile(double p);

}  // namespace throughline::base
