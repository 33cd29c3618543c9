package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.server.Answer;
import docrootaudit.server.ConfigSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Compares what nginx answers with what is predicted. */
final class Agreement {
    /** What the upstreams of the tests answer; those that speak no HTTP are a bad gateway. */
    static final int UPSTREAM = 299;

    private static final String HEAD = """
            user www-data;
            worker_processes 1;
            pid @RUN@/pid;
            events { worker_connections 256; }
            http {
            access_log off;
            client_body_temp_path @RUN@/body;
            proxy_temp_path @RUN@/proxy;
            fastcgi_temp_path @RUN@/fastcgi;
            uwsgi_temp_path @RUN@/uwsgi;
            scgi_temp_path @RUN@/scgi;
            server_names_hash_bucket_size 128;
            map_hash_bucket_size 128;
            server { listen 127.0.0.1:@PORT@ default_server; server_name none.test; return 418; }
            server { listen unix:@RUN@/open.sock; return 299 upstream; }
            server { listen unix:@RUN@/shut.sock; return 299 upstream; }
            """;

    private final Path run;
    private final int port;
    private int compared;
    private int uncertain;
    private final List<String> differences = new ArrayList<>();
    private final TreeMap<String, Integer> reasons = new TreeMap<>();
    private final TreeMap<Integer, Integer> statuses = new TreeMap<>();

    /**
     * A comparison.
     *
     * @param run a directory that workers may search
     */
    Agreement(Path run) throws IOException {
        this.run = run;
        this.port = RealNginx.freePort();
    }

    Path run() {
        return run;
    }

    int port() {
        return port;
    }

    /** A request, and what to call it where the answers differ. */
    record Question(String name, Asked asked) {}

    /** Starts nginx with pieces for its {@code http}, asks everything, and closes it. */
    void compare(String http, List<Question> questions) throws IOException, InterruptedException {
        Path config = run.resolve("nginx.conf");
        Files.writeString(
                config,
                HEAD.replace("@RUN@", run.toString()).replace("@PORT@", Integer.toString(port))
                        + http.replace("@RUN@", run.toString()) + "}\n");
        Files.writeString(run.resolve("params"), "fastcgi_param QUERY_STRING $query_string;\n");
        Principal worker = wwwData();
        try (RealNginx real = new RealNginx(run, port)) {
            Files.setAttribute(run.resolve("shut.sock"), "unix:mode", 0600);
            Nginx nginx = Nginx.load(new DiskConfig(), PathBytes.of(config.toString()), PathBytes.of(run.toString()));
            DiskTree tree = new DiskTree(worker);
            for (Question question : questions) {
                compare(question, nginx.answer(question.asked().request(port), tree, Set.of()), real);
            }
        } catch (ConfigSyntaxException e) {
            throw new AssertionError("nginx reads this and we do not", e);
        }
    }

    private void compare(Question question, Answer answer, RealNginx real) throws IOException {
        int status = real.ask(question.asked());
        compared++;
        statuses.merge(status, 1, Integer::sum);
        if (!answer.doubts().isEmpty()) {
            uncertain++;
            reasons.merge(answer.doubts().get(0).reason(), 1, Integer::sum);
            return;
        }
        boolean same;
        if (answer.outcome() instanceof Answer.Outcome.Status predicted) {
            same = predicted.code() == (status == 0 ? 444 : status);
        } else {
            same = status == UPSTREAM || status == 502;
        }
        if (!same) {
            differences.add(question.name() + ": " + question.asked() + "\n  nginx " + status + ", predicted "
                    + answer.outcome() + "\n"
                    + String.join(
                            "\n", answer.chain().stream().map(s -> "    " + s).toList()));
        }
    }

    static Principal wwwData() throws IOException {
        for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
            String[] fields = line.split(":");
            if (fields[0].equals("www-data")) {
                int gid = Integer.parseInt(fields[3]);
                return Principal.of(Integer.parseInt(fields[2]), gid, gid);
            }
        }
        throw new AssertionError("there is no account www-data");
    }

    int compared() {
        return compared;
    }

    int uncertain() {
        return uncertain;
    }

    List<String> differences() {
        return differences;
    }

    @Override
    public String toString() {
        return compared + " requests compared, " + differences.size() + " differences, " + uncertain + " uncertain "
                + reasons + "; statuses " + statuses;
    }
}
