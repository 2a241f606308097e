using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.AlertService.Persistence.Migrations;

/// <summary>
/// The audit log keeps details, is read by the time things happened and finds what concerns somebody. Dead letters are
/// decided on: each death is a row of its own.
/// </summary>
[DbContext(typeof(AlertDbContext))]
[Migration("20261121_0004_AuditAndDeadLetters")]
internal sealed class AuditAndDeadLetters : Migration
{
    // Most lines are of the commonest category and severity: an index that leaves those out stays small.
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""
            ALTER TABLE alerts.audit ADD COLUMN details text;
            DROP INDEX alerts.audit_page;
            DROP INDEX alerts.audit_page_of_event;
            CREATE INDEX audit_page ON alerts.audit (organisation_id, occurred_at, id);
            CREATE INDEX audit_of_event ON alerts.audit (organisation_id, event, occurred_at, id);
            CREATE INDEX audit_of_category ON alerts.audit (organisation_id, category, occurred_at, id)
                WHERE category <> 'Messaging';
            CREATE INDEX audit_of_severity ON alerts.audit (organisation_id, severity, occurred_at, id)
                WHERE severity <> 'Info';
            CREATE INDEX audit_of_sitter ON alerts.audit (sitter_id, occurred_at, id) WHERE sitter_id IS NOT NULL;
            CREATE INDEX audit_of_client ON alerts.audit (client_id, occurred_at, id) WHERE client_id IS NOT NULL;
            CREATE INDEX audit_of_number ON alerts.audit (number_id, occurred_at, id) WHERE number_id IS NOT NULL;
            CREATE INDEX audit_of_session ON alerts.audit (session_id, occurred_at, id) WHERE session_id IS NOT NULL;
            CREATE INDEX audit_of_message ON alerts.audit (message_id, occurred_at, id) WHERE message_id IS NOT NULL;
            CREATE INDEX audit_of_api_key ON alerts.audit (api_key_id, occurred_at, id) WHERE api_key_id IS NOT NULL;

            ALTER TABLE alerts.dead_letters
                ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
                ADD COLUMN content_type text,
                ADD COLUMN fault text,
                ADD COLUMN details text,
                ADD COLUMN sent_before integer NOT NULL DEFAULT 0,
                ADD COLUMN state text NOT NULL DEFAULT 'Open' CHECK (state IN ('Open', 'SentAgain', 'Discarded')),
                ADD COLUMN settled_at timestamptz,
                ADD COLUMN settled_by text,
                ADD COLUMN why text,
                ALTER COLUMN body DROP NOT NULL,
                ALTER COLUMN body TYPE bytea USING convert_to(body, 'UTF8'),
                DROP CONSTRAINT dead_letters_pkey,
                ADD PRIMARY KEY (id),
                ADD UNIQUE (message_id, queue, sent_before),
                ADD CHECK ((state = 'Open') = (settled_at IS NULL)),
                ADD CHECK ((state = 'Open') = (body IS NOT NULL));
            ALTER TABLE alerts.dead_letters RENAME COLUMN received_at TO died_at;
            ALTER TABLE alerts.dead_letters
                ALTER COLUMN id DROP DEFAULT, ALTER COLUMN state DROP DEFAULT, ALTER COLUMN sent_before DROP DEFAULT;
            CREATE INDEX dead_letters_open ON alerts.dead_letters (id) WHERE state = 'Open';
            CREATE INDEX dead_letters_settled ON alerts.dead_letters (settled_at) WHERE settled_at IS NOT NULL;
            CREATE INDEX emails_ended ON alerts.emails (ended_at) WHERE ended_at IS NOT NULL;
            """);
}
