using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>The gateway's first tables: directory, sessions, texts in, texts out, their status.</summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261121_0001_Start")]
internal sealed class Start : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(OutboxSchema.CreateSql(GatewayDbContext.Schema));
        migrationBuilder.Sql(Directory);
        migrationBuilder.Sql(Sessions);
        migrationBuilder.Sql(Messages);
        migrationBuilder.Sql(Vacuuming);
    }

    // Rows that change with every text leave dead index entries behind, which each look for work would walk over.
    private const string Vacuuming = """
        ALTER TABLE gateway.outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
            autovacuum_vacuum_cost_delay = 0);
        ALTER TABLE gateway.inbound SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
            autovacuum_vacuum_cost_delay = 0);
        ALTER TABLE gateway.outbound SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
            autovacuum_vacuum_cost_delay = 0);
        ALTER TABLE gateway.sessions SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
            autovacuum_vacuum_cost_delay = 0);
        """;

    private const string Directory = """
        CREATE TABLE gateway.organisations (
            id uuid PRIMARY KEY,
            name text NOT NULL,
            created_at timestamptz NOT NULL
        );
        CREATE TABLE gateway.numbers (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            number text NOT NULL UNIQUE,
            lifecycle smallint NOT NULL,
            status smallint NOT NULL,
            sitter_id uuid,
            version bigint NOT NULL
        );
        CREATE INDEX numbers_pool ON gateway.numbers (organisation_id) WHERE lifecycle = 0 AND status = 1;
        CREATE TABLE gateway.sitters (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            name text NOT NULL,
            real_number text NOT NULL,
            reserved_number text,
            active boolean NOT NULL,
            version bigint NOT NULL
        );
        CREATE INDEX sitters_real_number ON gateway.sitters (real_number) WHERE active;
        CREATE TABLE gateway.clients (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            name text NOT NULL,
            provisional boolean NOT NULL,
            version bigint NOT NULL
        );
        CREATE TABLE gateway.client_numbers (
            organisation_id uuid NOT NULL,
            number text NOT NULL,
            client_id uuid NOT NULL,
            PRIMARY KEY (number, organisation_id)
        );
        CREATE INDEX client_numbers_client ON gateway.client_numbers (client_id);
        CREATE TABLE gateway.opt_outs (
            our_number text NOT NULL,
            number text NOT NULL,
            organisation_id uuid NOT NULL,
            opted_out_at timestamptz NOT NULL,
            PRIMARY KEY (our_number, number)
        );
        """;

    private const string Sessions = """
        CREATE TABLE gateway.sessions (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            sitter_id uuid NOT NULL,
            client_id uuid NOT NULL,
            client_number text NOT NULL,
            reserved_number text NOT NULL,
            pool_number text NOT NULL,
            pool_number_id uuid NOT NULL,
            open boolean NOT NULL,
            opened_at timestamptz NOT NULL,
            last_interaction_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            closed_at timestamptz,
            closed_reason text,
            CHECK (open = (closed_at IS NULL))
        );
        CREATE UNIQUE INDEX sessions_one_per_pool_number ON gateway.sessions (sitter_id, pool_number) WHERE open;
        CREATE UNIQUE INDEX sessions_one_per_pair ON gateway.sessions (sitter_id, client_id) WHERE open;
        CREATE INDEX sessions_of_pair ON gateway.sessions (sitter_id, client_id, last_interaction_at DESC);
        CREATE INDEX sessions_of_thread ON gateway.sessions (sitter_id, pool_number, last_interaction_at DESC);
        CREATE INDEX sessions_expiry ON gateway.sessions (expires_at) WHERE open;
        CREATE INDEX sessions_list ON gateway.sessions (organisation_id, id DESC);
        """;

    private const string Messages = """
        CREATE TABLE gateway.inbound (
            id uuid PRIMARY KEY,
            sequence bigint GENERATED ALWAYS AS IDENTITY,
            provider_sid text NOT NULL UNIQUE,
            from_address text NOT NULL,
            to_address text NOT NULL,
            conversation bigint NOT NULL
                GENERATED ALWAYS AS (hashtextextended(to_address || '|' || from_address, 0)) STORED,
            body text NOT NULL,
            media text[] NOT NULL,
            payload jsonb NOT NULL,
            state smallint NOT NULL DEFAULT 0,
            reason text,
            organisation_id uuid,
            session_id uuid,
            trace_parent text,
            received_at timestamptz NOT NULL
        );
        CREATE INDEX inbound_waiting ON gateway.inbound (conversation, sequence) WHERE state IN (0, 2);
        CREATE INDEX inbound_held ON gateway.inbound (organisation_id) WHERE state = 2;
        CREATE INDEX inbound_list ON gateway.inbound (organisation_id, id DESC);
        CREATE TABLE gateway.outbound (
            id uuid PRIMARY KEY,
            sequence bigint GENERATED ALWAYS AS IDENTITY,
            organisation_id uuid NOT NULL,
            inbound_id uuid,
            part smallint NOT NULL,
            direction smallint NOT NULL,
            session_id uuid,
            sitter_id uuid,
            client_id uuid,
            from_number text NOT NULL,
            to_number text NOT NULL,
            conversation bigint NOT NULL
                GENERATED ALWAYS AS (hashtextextended(from_number || '|' || to_number, 0)) STORED,
            body text NOT NULL,
            media text[] NOT NULL,
            state smallint NOT NULL DEFAULT 0,
            attempts integer NOT NULL DEFAULT 0,
            due_at timestamptz NOT NULL,
            attempted_at timestamptz,
            provider_sid text UNIQUE,
            error_code integer,
            trace_parent text,
            created_at timestamptz NOT NULL,
            UNIQUE (inbound_id, part)
        );
        CREATE INDEX outbound_due ON gateway.outbound (due_at, sequence) WHERE state < 3;
        CREATE INDEX outbound_heads ON gateway.outbound (conversation, sequence) WHERE state < 3;
        CREATE INDEX outbound_notices ON gateway.outbound (conversation, created_at) WHERE direction = 2;
        CREATE INDEX outbound_list ON gateway.outbound (organisation_id, id DESC);
        CREATE TABLE gateway.status_events (
            provider_sid text NOT NULL,
            status text NOT NULL,
            message_id uuid,
            error_code integer,
            payload jsonb NOT NULL,
            received_at timestamptz NOT NULL,
            PRIMARY KEY (provider_sid, status)
        );
        CREATE TABLE gateway.provider_pauses (
            account_sid text PRIMARY KEY,
            until timestamptz NOT NULL
        );
        """;
}
