package dev.upswell.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells what of a released schema another one broke.
 *
 * <p>A released number may never again mean anything else, so a field or an enum value stays, with
 * its number, its type and its name (JSON goes by names). Adding breaks nothing.
 */
final class ReleasedSchema {
  private final List<String> breaches = new ArrayList<>();

  private ReleasedSchema() {}

  /** The breaches, one a line; none when the schema keeps all that was released. */
  static List<String> breaches(FileDescriptorProto released, FileDescriptorProto now) {
    ReleasedSchema comparison = new ReleasedSchema();
    if (!released.getPackage().equals(now.getPackage())) {
      comparison.breach("package " + released.getPackage(), "is now " + now.getPackage());
    }
    comparison.messages("", released.getMessageTypeList(), now.getMessageTypeList());
    comparison.enums("", released.getEnumTypeList(), now.getEnumTypeList());
    return comparison.breaches;
  }

  private void messages(String path, List<DescriptorProto> released, List<DescriptorProto> now) {
    Map<String, DescriptorProto> byName = new TreeMap<>();
    now.forEach(message -> byName.put(message.getName(), message));
    for (DescriptorProto message : released) {
      String name = path + message.getName();
      DescriptorProto same = byName.get(message.getName());
      if (same == null) {
        breach(name, "is gone");
        continue;
      }
      fields(name, message, same);
      messages(name + ".", message.getNestedTypeList(), same.getNestedTypeList());
      enums(name + ".", message.getEnumTypeList(), same.getEnumTypeList());
    }
  }

  private void fields(String message, DescriptorProto released, DescriptorProto now) {
    Map<Integer, FieldDescriptorProto> byNumber = new TreeMap<>();
    now.getFieldList().forEach(field -> byNumber.put(field.getNumber(), field));
    for (FieldDescriptorProto field : released.getFieldList()) {
      FieldDescriptorProto same = byNumber.get(field.getNumber());
      String was = describe(field);
      if (same == null) {
        breach(message + ": " + was, "is gone");
      } else if (!describe(same).equals(was)) {
        breach(message + ": " + was, "is now " + describe(same));
      }
    }
  }

  private static String describe(FieldDescriptorProto field) {
    String type = field.hasTypeName() ? field.getTypeName() : field.getType().name();
    String json = field.hasJsonName() ? " as " + field.getJsonName() : "";
    String oneof = field.hasOneofIndex() ? " in a oneof" : "";
    return field.getLabel()
        + " "
        + type
        + " "
        + field.getName()
        + json
        + " = "
        + field.getNumber()
        + oneof;
  }

  private void enums(
      String path, List<EnumDescriptorProto> released, List<EnumDescriptorProto> now) {
    Map<String, EnumDescriptorProto> byName = new TreeMap<>();
    now.forEach(type -> byName.put(type.getName(), type));
    for (EnumDescriptorProto type : released) {
      EnumDescriptorProto same = byName.get(type.getName());
      if (same == null) {
        breach(path + type.getName(), "is gone");
        continue;
      }
      Map<Integer, String> names = new TreeMap<>();
      same.getValueList().forEach(value -> names.put(value.getNumber(), value.getName()));
      for (EnumValueDescriptorProto value : type.getValueList()) {
        String name = names.get(value.getNumber());
        if (!value.getName().equals(name)) {
          breach(
              path + type.getName() + ": " + value.getName() + " = " + value.getNumber(),
              name == null ? "is gone" : "is now " + name);
        }
      }
    }
  }

  private void breach(String what, String how) {
    breaches.add(what + " " + how);
  }
}
