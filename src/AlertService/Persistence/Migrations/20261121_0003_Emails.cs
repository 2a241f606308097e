using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.AlertService.Persistence.Migrations;

/// <summary>The queue of e-mails to the owner, and the names of sitters that they need.</summary>
[DbContext(typeof(AlertDbContext))]
[Migration("20261121_0003_Emails")]
internal sealed class Emails : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""
            CREATE TABLE alerts.emails (
                id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                template text NOT NULL,
                cause text NOT NULL,
                topic text,
                subject text NOT NULL,
                text_body text NOT NULL,
                html_body text NOT NULL,
                state text NOT NULL CHECK (state IN ('Waiting', 'Sent', 'Failed', 'Unknown', 'Suppressed')),
                attempts integer NOT NULL DEFAULT 0,
                maybe_taken boolean NOT NULL DEFAULT false,
                problem text,
                provider_id text,
                created_at timestamptz NOT NULL,
                due_at timestamptz NOT NULL,
                first_attempt_at timestamptz,
                ended_at timestamptz,
                UNIQUE (organisation_id, template, cause),
                CHECK ((state = 'Waiting') = (ended_at IS NULL))
            );
            CREATE INDEX emails_due ON alerts.emails (due_at, id) WHERE state = 'Waiting';
            CREATE INDEX emails_page ON alerts.emails (organisation_id, id);
            CREATE INDEX emails_of_topic ON alerts.emails (organisation_id, template, topic, created_at)
                WHERE topic IS NOT NULL;

            CREATE TABLE alerts.sitters (
                sitter_id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                name text NOT NULL,
                version bigint NOT NULL
            );
            """);
}
