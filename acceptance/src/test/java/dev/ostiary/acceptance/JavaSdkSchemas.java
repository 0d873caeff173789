package dev.ostiary.acceptance;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The schemas that the suite wants to see, as the Java SDK takes them. */
final class JavaSdkSchemas {
  /** Every kind of default value. SEP-1034. */
  static final Map<String, Object> DEFAULTS =
      parse(
          """
          {"type": "object", "required": [], "properties": {
            "name": {"type": "string", "default": "John Doe"},
            "age": {"type": "integer", "default": 30},
            "score": {"type": "number", "default": 95.5},
            "status": {
              "type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
            "verified": {"type": "boolean", "default": true}}}
          """);

  /** Every kind of choice. SEP-1330. */
  static final Map<String, Object> CHOICES =
      parse(
          """
          {"type": "object", "required": [], "properties": {
            "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
            "titledSingle": {"type": "string", "oneOf": [
              {"const": "value1", "title": "First Option"},
              {"const": "value2", "title": "Second Option"}]},
            "legacyEnum": {
              "type": "string", "enum": ["opt1", "opt2"], "enumNames": ["Option One", "Option Two"]},
            "untitledMulti": {"type": "array", "items": {
              "type": "string", "enum": ["option1", "option2", "option3"]}},
            "titledMulti": {"type": "array", "items": {"anyOf": [
              {"const": "value1", "title": "First Choice"},
              {"const": "value2", "title": "Second Choice"}]}}}}
          """);

  /** What JSON Schema 2020-12 can say beyond older drafts. SEP-1613. */
  static final Map<String, Object> CONTACT =
      parse(
          """
          {"$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "$defs": {"address": {"$anchor": "addressDef", "type": "object", "properties": {
              "street": {"type": "string"}, "city": {"type": "string"}}}},
            "properties": {
              "name": {"type": "string"},
              "address": {"$ref": "#/$defs/address"},
              "contactMethod": {"type": "string", "enum": ["phone", "email"]},
              "phone": {"type": "string"},
              "email": {"type": "string"}},
            "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
            "if": {
              "properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
            "then": {"required": ["phone"]},
            "else": {"required": ["email"]},
            "additionalProperties": false}
          """);

  static final Map<String, Object> NO_ARGUMENTS =
      parse("{\"type\": \"object\", \"properties\": {}}");

  private JavaSdkSchemas() {}

  private static Map<String, Object> parse(String json) {
    return JsonMapper.shared().readValue(json, new TypeReference<>() {});
  }
}
