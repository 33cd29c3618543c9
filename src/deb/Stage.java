import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Lays out what a Debian package holds and no file of the project is yet, in the form that Debian wants: the
 * completion, the pages and the changelog compressed, and for each architecture its native library and control files.
 * Run at build time from its source; the same input makes the same bytes.
 */
final class Stage {
    /** Debian's names of architectures, and JNA's. */
    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "linux-x86-64", "arm64", "linux-aarch64");

    private static final String CHANGES = """
            docroot-audit (%s) unstable; urgency=medium

              * What changed for its users: CHANGELOG.md.gz beside this file.

             -- docroot-audit maintainers <maintainers@docroot-audit.example>  %s
            """;

    private Stage() {}

    public static void main(String[] args) throws Exception {
        Path to = Files.createDirectories(Path.of(args[0]));
        String version = args[1];
        Instant date = Instant.parse(args[2]);

        // read by a shell that runs already, so without the line that would start one
        String completion = AutoComplete.bash("audit", commands()).replaceFirst("^#!.*\n", "");
        Files.writeString(to.resolve("completion"), completion);
        compress(Files.readAllBytes(Path.of("src/man/audit.1")), to.resolve("audit.1.gz"));
        compress(Files.readAllBytes(Path.of("src/man/audit.toml.5")), to.resolve("audit.toml.5.gz"));
        compress(Files.readAllBytes(Path.of("CHANGELOG.md")), to.resolve("CHANGELOG.md.gz"));
        compress(changes(version, date).getBytes(UTF_8), to.resolve("changelog.gz"));
        for (var architecture : ARCHITECTURES.entrySet()) {
            Path of = to.resolve(architecture.getKey());
            library(architecture.getValue(), of);
            control(architecture.getKey(), Files.createDirectories(of.resolve("control")));
        }
    }

    /** The commands' own declaration; what they are given when they run is not needed to tell their options. */
    private static CommandLine commands() throws ReflectiveOperationException {
        CommandLine.IFactory factory = new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                for (var constructor : type.getDeclaredConstructors()) {
                    if (constructor.getParameterCount() == 1) {
                        constructor.setAccessible(true);
                        return type.cast(constructor.newInstance((Object) null));
                    }
                }
                return CommandLine.defaultFactory().create(type);
            }
        };
        return new CommandLine(Class.forName("docrootaudit.cli.AuditCommand"), factory);
    }

    private static String changes(String version, Instant date) {
        return String.format(
                Locale.ROOT,
                CHANGES,
                version,
                DateTimeFormatter.RFC_1123_DATE_TIME
                        .withLocale(Locale.ROOT)
                        .format(date.atOffset(ZoneOffset.UTC))
                        .replace("GMT", "+0000"));
    }

    /** As gzip -9n does: neither name nor time, and the mark in the header that the best compression was asked for. */
    private static void compress(byte[] content, Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream best = new BestGzip(out)) {
            best.write(content);
        }
        byte[] bytes = out.toByteArray();
        bytes[8] = 2; // XFL in RFC 1952, which Java leaves 0
        Files.write(file, bytes);
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static void library(String platform, Path to) throws IOException {
        Files.createDirectories(to);
        try (InputStream in =
                CommandLine.class.getResourceAsStream("/com/sun/jna/" + platform + "/libjnidispatch.so")) {
            Files.write(to.resolve("libjnidispatch.so"), in.readAllBytes());
        }
    }

    private static void control(String architecture, Path to) throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("src/deb/control"))) {
            for (Path file : files) {
                String text = Files.readString(file).replace("[[architecture]]", architecture);
                Files.writeString(to.resolve(file.getFileName()), text);
            }
        }
    }
}
