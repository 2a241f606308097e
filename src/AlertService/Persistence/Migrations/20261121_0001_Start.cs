using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.AlertService.Persistence.Migrations;

/// <summary>The audit log, to which rows can only be added, and the dead letters.</summary>
[DbContext(typeof(AlertDbContext))]
[Migration("20261121_0001_Start")]
internal sealed class Start : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(OutboxSchema.CreateSql(AlertDbContext.Schema));
        migrationBuilder.Sql("""
            CREATE TABLE alerts.audit (
                id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                event text NOT NULL,
                category text NOT NULL CHECK (category IN (
                    'Provisioning', 'Messaging', 'Error', 'System', 'Pool', 'Standby', 'Client Sync', 'Delivery Error')),
                severity text NOT NULL CHECK (severity IN ('Info', 'Warning', 'Critical', 'Error')),
                reason text,
                sitter_id uuid,
                client_id uuid,
                number_id uuid,
                session_id uuid,
                message_id uuid,
                occurred_at timestamptz NOT NULL,
                recorded_at timestamptz NOT NULL
            );
            CREATE INDEX audit_page ON alerts.audit (organisation_id, id);
            CREATE INDEX audit_page_of_event ON alerts.audit (organisation_id, event, id);

            CREATE FUNCTION alerts.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'alerts.audit is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
            END
            $$;
            CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.audit
                FOR EACH STATEMENT EXECUTE FUNCTION alerts.refuse_change();

            CREATE TABLE alerts.dead_letters (
                message_id uuid NOT NULL,
                queue text NOT NULL,
                type text NOT NULL,
                reason text NOT NULL,
                body text NOT NULL,
                received_at timestamptz NOT NULL,
                PRIMARY KEY (message_id, queue)
            );
            """);
    }
}
