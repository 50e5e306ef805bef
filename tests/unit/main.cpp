#include <cppunit/CompilerOutputter.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>
#include <cppunit/TestRunner.h>
#include <cppunit/TextTestProgressListener.h>
#include <cppunit/extensions/TestFactoryRegistry.h>

#include <iostream>

int main()
{
    CppUnit::TestResult events;
    CppUnit::TestResultCollector results;
    CppUnit::TextTestProgressListener progress;
    events.addListener(&results);
    events.addListener(&progress);
    CppUnit::TestRunner runner;
    runner.addTest(CppUnit::TestFactoryRegistry::getRegistry().makeTest());
    runner.run(events);
    CppUnit::CompilerOutputter(&results, std::cerr).write();
    if (results.runTests() == 0)
        std::cerr << "no test was run\n";
    return results.runTests() > 0 && results.wasSuccessful() ? 0 : 1;
}
