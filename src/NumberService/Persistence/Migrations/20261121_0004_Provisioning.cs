using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.NumberService.Persistence.Migrations;

/// <summary>What the owner was told of, and the services at Twilio that numbers are put in.</summary>
[DbContext(typeof(NumberDbContext))]
[Migration("20261121_0004_Provisioning")]
internal sealed class Provisioning : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE numbers.alerts (
            organisation_id uuid NOT NULL,
            cause text NOT NULL,
            raised_at timestamptz NOT NULL,
            PRIMARY KEY (organisation_id, cause)
        );
        CREATE TABLE numbers.twilio_services (
            organisation_id uuid PRIMARY KEY,
            messaging_service_sid text CHECK (messaging_service_sid ~ '^MG[0-9a-fA-F]{32}$'),
            proxy_service_sid text CHECK (proxy_service_sid ~ '^KS[0-9a-fA-F]{32}$')
        );
        """);
}
