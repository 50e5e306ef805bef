#pragma once

#include <memory>
#include <string_view>

namespace pacte {

/// A JSON Schema, as the constraint `jsonSchema` of a Table Schema holds one
/// (https://json-schema.org/draft/2020-12/json-schema-validation). Every keyword
/// that asserts something is known; `format` is an annotation, as the draft says, and
/// `$ref` reaches inside the same schema only (`#`, `#/$defs/lieu`).
class JsonSchema {
public:
    /// Throws Failure (bad_file) where the text is no JSON, where a pattern is no
    /// regular expression, and where a `$ref` leads nowhere or outside.
    explicit JsonSchema(std::string_view schema);
    ~JsonSchema();
    JsonSchema(const JsonSchema&) = delete;
    JsonSchema& operator=(const JsonSchema&) = delete;

    /// False where the text is no JSON, or is not what the schema describes.
    [[nodiscard]] bool accepts(std::string_view instance) const;

private:
    class Rules;
    std::unique_ptr<const Rules> rules_;
};

} // namespace pacte
