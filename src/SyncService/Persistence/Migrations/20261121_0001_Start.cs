using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.SyncService.Persistence.Migrations;

/// <summary>Clients and phones; a phone stands for one client of an organisation.</summary>
[DbContext(typeof(SyncDbContext))]
[Migration("20261121_0001_Start")]
internal sealed class Start : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(OutboxSchema.CreateSql(SyncDbContext.Schema));
        migrationBuilder.Sql("""
            CREATE TABLE sync.clients (
                id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                request_id uuid,
                name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
                email text,
                provisional boolean NOT NULL,
                merged_into uuid,
                version bigint NOT NULL CHECK (version > 0),
                created_at timestamptz NOT NULL,
                CONSTRAINT clients_same_organisation UNIQUE (id, organisation_id),
                CONSTRAINT clients_one_per_request UNIQUE (organisation_id, request_id),
                CONSTRAINT clients_merged_into FOREIGN KEY (merged_into, organisation_id)
                    REFERENCES sync.clients (id, organisation_id),
                CONSTRAINT clients_only_provisional_ones_merge CHECK (merged_into IS NULL OR provisional)
            );
            CREATE INDEX clients_page ON sync.clients (organisation_id, id) WHERE merged_into IS NULL;

            CREATE TABLE sync.client_phones (
                organisation_id uuid NOT NULL,
                number text NOT NULL,
                client_id uuid NOT NULL,
                position integer NOT NULL,
                CONSTRAINT client_phones_one_client_per_phone PRIMARY KEY (organisation_id, number),
                CONSTRAINT client_phones_client FOREIGN KEY (client_id, organisation_id)
                    REFERENCES sync.clients (id, organisation_id)
            );
            CREATE INDEX client_phones_of_client ON sync.client_phones (client_id);
            """);
    }
}
