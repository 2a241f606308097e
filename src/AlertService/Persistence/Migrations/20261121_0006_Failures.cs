using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.AlertService.Persistence.Migrations;

/// <summary>Texts that failed, their retries, what is remembered of texts that arrived, and the names of clients.</summary>
[DbContext(typeof(AlertDbContext))]
[Migration("20261121_0006_Failures")]
internal sealed class Failures : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""
            CREATE TABLE alerts.failures (
                message_id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                code integer,
                class text NOT NULL CHECK (class IN (
                    'Temporary', 'Permanent', 'Systemic', 'Configuration', 'OptedOut', 'Warning')),
                outcome text NOT NULL,
                direction text NOT NULL CHECK (direction IN (
                    'ClientToSitter', 'SitterToClient', 'Notice', 'Verification')),
                session_id uuid,
                sitter_id uuid,
                client_id uuid,
                number text,
                retry_of uuid,
                is_permanent boolean NOT NULL,
                arrived_at timestamptz,
                alert text NOT NULL CHECK (alert IN ('None', 'Sitter', 'Owner', 'Limited', 'Dropped')),
                alert_id uuid UNIQUE,
                alerted_at timestamptz,
                alert_settled boolean NOT NULL DEFAULT false,
                occurred_at timestamptz NOT NULL,
                recorded_at timestamptz NOT NULL,
                CHECK ((alert_id IS NULL) = (alerted_at IS NULL))
            );
            CREATE INDEX failures_page ON alerts.failures (organisation_id, message_id);
            CREATE INDEX failures_counted ON alerts.failures (organisation_id, occurred_at)
                WHERE is_permanent AND arrived_at IS NULL;
            CREATE INDEX failures_alerted ON alerts.failures (sitter_id, alerted_at) WHERE alert_id IS NOT NULL;

            CREATE TABLE alerts.retries (
                message_id uuid PRIMARY KEY,
                retry_id uuid NOT NULL UNIQUE,
                organisation_id uuid NOT NULL,
                conversation bigint NOT NULL,
                sequence bigint NOT NULL,
                state text NOT NULL CHECK (state IN ('Waiting', 'Ordered', 'Sent', 'Delivered', 'Failed', 'Dropped')),
                reason text,
                due_at timestamptz NOT NULL,
                ordered_at timestamptz
            );
            CREATE INDEX retries_due ON alerts.retries (due_at) WHERE state = 'Waiting';
            CREATE INDEX retries_of_conversation ON alerts.retries (organisation_id, conversation, sequence)
                WHERE state IN ('Waiting', 'Ordered');

            CREATE TABLE alerts.arrivals (
                message_id uuid PRIMARY KEY,
                arrived_at timestamptz,
                recorded_at timestamptz NOT NULL
            );

            CREATE TABLE alerts.clients (
                client_id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                name text NOT NULL,
                version bigint NOT NULL
            );
            """);
}
