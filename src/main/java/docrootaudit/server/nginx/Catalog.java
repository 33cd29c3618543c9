package docrootaudit.server.nginx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What every directive has to do with the status of an answer: nothing, something that is predicted, or something that
 * is not. The names are those of nginx 1.22's own modules and of modules that distributions carry.
 */
final class Catalog {
    /** Predicted by this package. */
    private static final Set<String> PREDICTED = words("""
            http server location if include types default_type upstream events stream mail map geo split_clients
            listen server_name root alias index try_files error_page recursive_error_pages internal limit_except
            allow deny satisfy auth_basic auth_basic_user_file rewrite return set break valid_referers
            autoindex random_index gzip_static empty_gif stub_status flv mp4 disable_symlinks merge_slashes
            proxy_pass fastcgi_pass uwsgi_pass scgi_pass grpc_pass memcached_pass fastcgi_param fastcgi_index
            fastcgi_split_path_info set_real_ip_from real_ip_header real_ip_recursive user large_client_header_buffers
            if_modified_since max_ranges client_max_body_size ignore_invalid_headers underscores_in_headers
            gzip_vary gzip_http_version gzip_proxied gzip_disable uninitialized_variable_warn rewrite_log
            auth_request limit_req limit_conn ssl_verify_client ssl_reject_handshake secure_link secure_link_md5
            secure_link_secret etag client_header_buffer_size dav_methods min_delete_depth create_full_put_path
            """);

    /** Without influence on a status. */
    private static final Set<String> INERT = words("""
            worker_processes worker_connections worker_rlimit_nofile worker_rlimit_core worker_priority
            worker_cpu_affinity worker_shutdown_timeout worker_aio_requests pid error_log daemon master_process
            env debug_points debug_connection lock_file load_module pcre_jit thread_pool timer_resolution
            working_directory multi_accept accept_mutex accept_mutex_delay use google_perftools_profiles
            access_log log_format open_log_file_cache log_not_found log_subrequest
            sendfile sendfile_max_chunk tcp_nopush tcp_nodelay aio aio_write directio directio_alignment read_ahead
            output_buffers postpone_output send_timeout send_lowat limit_rate limit_rate_after
            keepalive keepalive_time keepalive_timeout keepalive_requests keepalive_disable lingering_close
            lingering_time lingering_timeout reset_timedout_connection auth_delay
            server_names_hash_max_size server_names_hash_bucket_size variables_hash_max_size
            variables_hash_bucket_size types_hash_max_size types_hash_bucket_size map_hash_max_size
            map_hash_bucket_size referer_hash_max_size referer_hash_bucket_size connection_pool_size
            request_pool_size subrequest_output_buffer_size client_header_timeout
            client_body_buffer_size client_body_timeout client_body_temp_path client_body_in_file_only
            client_body_in_single_buffer absolute_redirect server_name_in_redirect port_in_redirect msie_padding
            msie_refresh server_tokens chunked_transfer_encoding expires add_header add_trailer post_action
            open_file_cache open_file_cache_valid open_file_cache_min_uses open_file_cache_errors
            open_file_cache_events resolver resolver_timeout add_before_body add_after_body addition_types
            autoindex_format autoindex_localtime autoindex_exact_size auth_request_set charset_types charset
            source_charset override_charset charset_map gunzip gunzip_buffers mirror mirror_request_body
            dav_access mp4_buffer_size mp4_max_buffer_size
            mp4_start_key_frame ssi ssi_silent_errors
            ssi_ignore_recycled_buffers ssi_min_file_chunk ssi_value_length ssi_types ssi_last_modified
            sub_filter sub_filter_types sub_filter_once sub_filter_last_modified
            limit_req_zone limit_conn_zone limit_zone slice hash ip_hash least_conn random zone queue sticky ntlm
            image_filter_jpeg_quality image_filter_webp_quality image_filter_sharpen image_filter_transparency
            image_filter_interlace image_filter_buffer xml_entities xslt_param xslt_string_param xslt_types
            xslt_last_modified perl_modules perl_require perl_set js_import js_include js_path js_set js_var
            js_shared_dict_zone js_header_filter js_body_filter subs_filter subs_filter_types headers_more_set
            replace_filter status_zone etag_hash quic_retry http3 http2 vod modsecurity_rules
            modsecurity_rules_file modsecurity_rules_remote modsecurity_transaction_id
            add_header_inherit add_trailer_inherit client_body_early_read early_hints keepalive_min_timeout
            postpone_gzipping least_time fair track_uploads xml_external_entities
            """);

    /** Families without influence, but for those that are named otherwise here. */
    private static final String[] INERT_FAMILIES = {
        "proxy_",
        "fastcgi_",
        "uwsgi_",
        "scgi_",
        "grpc_",
        "memcached_",
        "ssl_",
        "http2_",
        "http3_",
        "gzip",
        "brotli",
        "zstd",
        "userid",
        "more_",
        "vhost_traffic_status",
        "geoip_",
        "geoip2_",
        "lua_",
        "opentracing",
        "opentelemetry",
        "otel_",
        "limit_req_",
        "limit_conn_",
        "fancyindex_",
        "upstream_",
        "browser",
        "ancient_browser",
        "modern_browser",
        "ssl",
        "nchan_",
        "passenger_",
        "pagespeed_",
        "set_by_lua",
        "header_filter_by_lua",
        "body_filter_by_lua",
        "log_by_lua",
        "init_by_lua",
        "init_worker_by_lua",
        "exit_worker_by_lua",
        "ssl_certificate_by_lua",
        "balancer_by_lua",
        "quic_",
        "health_check",
        "xslt_",
        "rds_",
        "srcache_",
        "rtmp_",
        "upload_progress",
        "degrad"
    };

    /** What may decide, and why it is not known. Those of a request's own location only are marked by a plus sign. */
    private static final Map<String, String> DECIDING = table("""
            image_filter | what is no picture is refused
            xslt_stylesheet | documents are transformed
            dav_ext_methods | files are listed
            auth_jwt | a token decides who may pass
            auth_pam | PAM decides who may pass
            auth_ldap | a directory service decides who may pass
            auth_gss | Kerberos decides who may pass
            auth_digest | digests decide who may pass
            modsecurity | ModSecurity decides who may pass
            ModSecurityEnabled | ModSecurity decides who may pass
            SecRulesEnabled | NAXSI decides who may pass
            app_protect_enable | App Protect decides who may pass
            fancyindex | another module lists directories
            degradation | a server short of memory refuses
            pagespeed | PageSpeed rewrites answers
            passenger_enabled | Passenger runs programs
            access_by_lua | a Lua program decides who may pass
            access_by_lua_file | a Lua program decides who may pass
            access_by_lua_block | a Lua program decides who may pass
            rewrite_by_lua | a Lua program rewrites requests
            rewrite_by_lua_file | a Lua program rewrites requests
            rewrite_by_lua_block | a Lua program rewrites requests
            server_rewrite_by_lua_block | a Lua program rewrites requests
            server_rewrite_by_lua_file | a Lua program rewrites requests
            precontent_by_lua_block | a Lua program answers
            +perl | a Perl program answers
            +js_content | a JavaScript program answers
            +content_by_lua | a Lua program answers
            +content_by_lua_file | a Lua program answers
            +content_by_lua_block | a Lua program answers
            +tunnel_pass | connections are passed on
            +vhost_traffic_status_display | another module answers
            +report_uploads | another module answers
            +echo | another module answers
            +echo_exec | another module answers
            +drizzle_pass | a database answers
            +postgres_pass | a database answers
            +redis_pass | a database answers
            +redis2_pass | a database answers
            +rtmp_stat | another module answers
            +push_stream_publisher | another module answers
            +push_stream_subscriber | another module answers
            +nchan_publisher | another module answers
            +nchan_subscriber | another module answers
            +nchan_pubsub | another module answers
            +vod | another module answers
            +hls | another module answers
            +f4f | another module answers
            +api | another module answers
            """);

    private Catalog() {}

    /** Why a directive makes an answer uncertain; empty for one that does not. */
    static Optional<String> doubt(Directive directive) {
        String name = directive.name();
        boolean off = directive.word(0).equals("off") && directive.words().size() == 1;
        if (off) {
            return Optional.empty();
        }
        String why = DECIDING.getOrDefault(name, DECIDING.get("+" + name));
        if (why != null) {
            return Optional.of(why + " (" + name + ")");
        }
        return isKnown(name) ? Optional.empty() : Optional.of("the directive " + name + " is not known");
    }

    /** Whether it could matter to a request of a method. */
    static boolean concerns(Directive directive, String method) {
        // this lists the methods that it is about
        return !directive.name().equals("dav_ext_methods") || directive.words().contains(method);
    }

    /** Whether it holds for its own block only, as what answers requests does. */
    static boolean isInherited(String name) {
        return !DECIDING.containsKey("+" + name);
    }

    /** Whether a block of that name holds directives, rather than words of its own. */
    static boolean holdsDirectives(String name) {
        return Set.of("http", "server", "location", "if", "limit_except").contains(name);
    }

    /** Whether it can change a status in a way that is predicted. */
    static boolean isPredicted(String name) {
        return PREDICTED.contains(name);
    }

    private static boolean isKnown(String name) {
        return PREDICTED.contains(name)
                || INERT.contains(name)
                || Arrays.stream(INERT_FAMILIES).anyMatch(name::startsWith);
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> table(String text) {
        Map<String, String> table = new LinkedHashMap<>();
        for (String line : text.strip().split("\n")) {
            String[] columns = line.split(" \\| ");
            table.put(columns[0].strip(), columns[1].strip());
        }
        return table;
    }
}
