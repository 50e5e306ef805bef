#include "desk.hpp"
#include "run_tests.hpp"

/// The tests of the name given, or all of them.
int main(int argc, char** argv)
{
    const bool passed = office_test::run_tests(argc > 1 ? argv[1] : "");
    gui_test::end_desk();
    return passed ? 0 : 1;
}
