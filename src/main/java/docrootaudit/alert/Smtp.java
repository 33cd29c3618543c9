package docrootaudit.alert;

import docrootaudit.alert.MailSettings.Login;
import docrootaudit.alert.MailSettings.Security;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Hands mails to a mail server by SMTP (RFC 5321), one connection a mail.
 *
 * <p>The daemon starts no program, so there is no sendmail(1) here: the server on localhost does what it would do.
 */
public final class Smtp implements Transport {
    private final MailSettings settings;
    private final String host;
    private final Secrets secrets;
    private final Optional<Consumer<String>> listener;

    /**
     * Sends by these settings.
     *
     * @param host the name of this machine
     * @param environment of the process, which says where credentials are
     */
    public Smtp(MailSettings settings, String host, Map<String, String> environment) {
        this(settings, host, new Secrets(environment), Optional.empty());
    }

    private Smtp(MailSettings settings, String host, Secrets secrets, Optional<Consumer<String>> listener) {
        this.settings = settings;
        this.host = host;
        this.secrets = secrets;
        this.listener = listener;
    }

    /** The same, which also tells what client and server say, a line each; of a login only that there was one. */
    public Smtp heardBy(Consumer<String> conversation) {
        return new Smtp(settings, host, secrets, Optional.of(conversation));
    }

    @Override
    public Delivery deliver(Message message) {
        if (!(message instanceof Mail mail)) {
            throw new IllegalArgumentException("no mail: " + message.id());
        }
        if (!MailSettings.isAddress(mail.to())) {
            return new Delivery.Never(SmtpAnswers.line("no address: " + mail.to()));
        }
        try {
            return send(mail);
        } catch (UnusableException e) {
            return new Delivery.Later(SmtpAnswers.line(e.getMessage()));
        } catch (MessagingException e) {
            return new SmtpAnswers(settings).of(e);
        }
    }

    private Delivery send(Mail mail) throws MessagingException, UnusableException {
        try (TimedSockets sockets = new TimedSockets(settings.deadline())) {
            try {
                return send(mail, sockets);
            } catch (MessagingException e) {
                if (!sockets.areLate()) {
                    throw e;
                }
                return new Delivery.Later(SmtpAnswers.line(
                        settings.host() + ":" + settings.effectivePort() + ": it had not taken the mail" + " after "
                                + settings.deadline().toSeconds() + " s"));
            }
        }
    }

    private Delivery send(Mail mail, TimedSockets sockets) throws MessagingException, UnusableException {
        Session session = Session.getInstance(properties(sockets));
        Optional<Conversation> conversation = listener.map(Conversation::new);
        if (conversation.isPresent()) {
            session.setDebugOut(conversation.get().stream());
            session.setDebug(true);
        }
        MimeMessage mime = new MimeMail(session, mail, sender(), settings.replyTo(), host);
        mime.saveChanges();
        SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
        try {
            connect(transport);
            transport.sendMessage(mime, new Address[] {new InternetAddress(mail.to())});
            return new Delivery.Taken(SmtpAnswers.line(transport.getLastServerResponse()));
        } finally {
            close(transport);
            conversation.ifPresent(Conversation::end);
        }
    }

    private void connect(SMTPTransport transport) throws MessagingException, UnusableException {
        if (settings.login().isPresent()) {
            Login login = settings.login().get();
            String password = new String(secrets.read(login.password()), StandardCharsets.UTF_8);
            transport.connect(settings.host(), settings.effectivePort(), login.user(), password);
        } else {
            transport.connect(settings.host(), settings.effectivePort(), null, null);
        }
    }

    /** What was said is said: how the connection ends changes nothing. */
    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // the server may be gone
        }
    }

    private String sender() {
        return settings.from().orElse("docroot-audit@" + MimeMail.domain(host));
    }

    private Properties properties(TimedSockets sockets) throws UnusableException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.localhost", MimeMail.domain(host));
        properties.setProperty("mail.smtp.from", settings.envelopeSender().orElse(sender()));
        properties.setProperty("mail.smtp.auth", String.valueOf(settings.login().isPresent()));
        properties.setProperty("mail.smtp.connectiontimeout", millis(settings.connectTimeout()));
        properties.setProperty("mail.smtp.timeout", millis(settings.readTimeout()));
        properties.setProperty("mail.smtp.writetimeout", millis(settings.writeTimeout()));
        properties.setProperty("mail.smtp.quitwait", "false");
        // else the library tries once more with whatever Java trusts, and tells of that failure
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(settings.security() == Security.TLS));
        String startTls = String.valueOf(settings.security() == Security.STARTTLS);
        properties.setProperty("mail.smtp.starttls.enable", startTls);
        properties.setProperty("mail.smtp.starttls.required", startTls);
        properties.put("mail.smtp.socketFactory", sockets.plain());
        if (settings.security() != Security.NONE) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    sockets.over(Certificates.trusting(settings.authorities()).getSocketFactory()));
        }
        return properties;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
