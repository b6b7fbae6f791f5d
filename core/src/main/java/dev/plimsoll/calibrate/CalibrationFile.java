package dev.plimsoll.calibrate;

import dev.plimsoll.kinds.Calibrated;
import dev.plimsoll.kinds.Calibration;
import dev.plimsoll.kinds.Constant;
import dev.plimsoll.kinds.Measurement;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import dev.plimsoll.yaml.YamlWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A calibration as YAML. The same calibration always gives the same bytes.
public final class CalibrationFile {
    /// The name of the file in the rendered directory.
    public static final String NAME = "calibration.yml";

    private static final int FORMAT = 1;
    private static final String REMEDY = "Write the file anew with `plimsoll calibrate`";
    private static final String HEADER = """
            # What was measured of the running stack, without a margin. Written by `plimsoll calibrate`; `plimsoll render`
            # and `plimsoll plan --calibration` take these values in place of assumptions.
            """;

    private CalibrationFile() {}

    public static String text(Calibration calibration) {
        var services = new LinkedHashMap<String, Object>();
        calibration.services().forEach((name, measured) -> {
            var constants = new LinkedHashMap<String, Object>();
            measured.measurements().forEach(one -> constants.put(one.constant().word(), fields(one)));
            services.put(name, constants);
        });
        var fields = new LinkedHashMap<String, Object>();
        fields.put("format", FORMAT);
        fields.put("services", services);
        return HEADER + YamlWriter.document(fields);
    }

    private static Map<String, Object> fields(Measurement one) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("value", new YamlWriter.Verbatim(plain(one.value())));
        fields.put("unit", one.constant().unit().word());
        fields.put("when", one.when().toString());
        fields.put("how", one.how());
        return fields;
    }

    private static String plain(double value) {
        var exact = BigDecimal.valueOf(value);
        return (exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros()).toPlainString();
    }

    /// @param file its name for error messages
    /// @throws InputException when the text is no calibration, or one of another version of Plimsoll
    public static Calibration read(String file, String text) {
        var root = YamlReader.read(file, text).flatMap(Node::asMapping)
                .orElseThrow(() -> new InputException(Location.ofFile(file), "this is no calibration", REMEDY));
        var format = scalar(root, "format");
        if (!format.equals(String.valueOf(FORMAT))) {
            throw new InputException(root.keyLocation("format"), "this calibration has format " + format
                    + ", and this version of Plimsoll reads format " + FORMAT, REMEDY);
        }
        var services = mapping(root, "services");
        var found = new LinkedHashMap<String, Calibrated>();
        services.entries().keySet().forEach(name -> found.put(name, service(mapping(services, name))));
        return new Calibration(found);
    }

    private static Calibrated service(Node.Mapping service) {
        return new Calibrated(service.entries().keySet().stream().map(word -> {
            var constant = Constant.of(word).orElseThrow(() -> new InputException(service.keyLocation(word), "`" + word
                    + "` is nothing that can be measured", REMEDY));
            return measurement(constant, mapping(service, word));
        }).toList());
    }

    private static Measurement measurement(Constant constant, Node.Mapping fields) {
        var value = number(scalar(fields, "value")).filter(constant::admits)
                .orElseThrow(() -> wrong(fields, "value"));
        if (!scalar(fields, "unit").equals(constant.unit().word())) {
            throw wrong(fields, "unit");
        }
        return new Measurement(constant, value, when(fields), scalar(fields, "how"));
    }

    private static Optional<Double> number(String text) {
        return text.matches("\\d{1,15}(\\.\\d{1,17})?") ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }

    private static Instant when(Node.Mapping fields) {
        try {
            return Instant.parse(scalar(fields, "when"));
        } catch (DateTimeException noMoment) {
            throw wrong(fields, "when");
        }
    }

    private static Node.Mapping mapping(Node.Mapping parent, String key) {
        return parent.get(key).flatMap(Node::asMapping).orElseThrow(() -> wrong(parent, key));
    }

    private static String scalar(Node.Mapping parent, String key) {
        return parent.get(key).flatMap(Node::asScalar).map(Node.Scalar::text).orElseThrow(() -> wrong(parent, key));
    }

    private static InputException wrong(Node.Mapping parent, String key) {
        return new InputException(parent.get(key).map(Node::where).orElse(parent.where()),
                "the calibration has no usable `" + key + "` here", REMEDY);
    }
}
