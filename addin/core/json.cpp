// The implementation of Boost.JSON, compiled once for the whole product.
#include <boost/json/src.hpp>
