#include "run_tests.hpp"

#include <iostream>

#include <com/sun/star/uno/Exception.hpp>
#include <cppunit/CompilerOutputter.h>
#include <cppunit/Message.h>
#include <cppunit/Protector.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>
#include <cppunit/TestRunner.h>
#include <cppunit/TextTestProgressListener.h>
#include <cppunit/extensions/TestFactoryRegistry.h>

#include "office.hpp"

namespace {

/// UNO's exceptions are no std::exception: what they say would be lost.
class UnoProtector : public CppUnit::Protector {
public:
    bool protect(const CppUnit::Functor& test, const CppUnit::ProtectorContext& context) override
    {
        try {
            return test();
        } catch (const com::sun::star::uno::Exception& exception) {
            reportError(context, CppUnit::Message("UNO exception", office_test::utf8(exception.Message)));
        }
        return false;
    }
};

} // namespace

namespace office_test {

bool run_tests(const std::string& name)
{
    CppUnit::TestResult events;
    CppUnit::TestResultCollector results;
    CppUnit::TextTestProgressListener progress;
    events.addListener(&results);
    events.addListener(&progress);
    events.pushProtector(new UnoProtector);
    CppUnit::TestRunner runner;
    runner.addTest(CppUnit::TestFactoryRegistry::getRegistry().makeTest());
    runner.run(events, name);
    CppUnit::CompilerOutputter(&results, std::cerr).write();
    if (results.runTests() == 0)
        std::cerr << "no test was run\n";
    return results.runTests() > 0 && results.wasSuccessful();
}

} // namespace office_test
