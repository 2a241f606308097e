var builder = DistributedApplication.CreateBuilder(args);
builder.AddDockerComposeEnvironment("compose");

var database = builder.AddPostgres("postgres").AddDatabase("phonemasking");
var rabbitmq = builder.AddRabbitMQ("rabbitmq");

// Who receives events is ready before those who send them.
var alerts = builder.AddProject("alerts", "../AlertService/AlertService.csproj")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(database)
    .WithReference(rabbitmq)
    .WaitFor(database)
    .WaitFor(rabbitmq);

var gateway = builder.AddProject("gateway", "../ProxyGateway/ProxyGateway.csproj")
    .WithHttpEndpoint(port: Ports.Gateway)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(database)
    .WithReference(rabbitmq)
    .WaitFor(database)
    .WaitFor(rabbitmq);

var numbers = builder.AddProject("numbers", "../NumberService/NumberService.csproj")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(database)
    .WithReference(rabbitmq)
    .WaitFor(gateway)
    .WaitFor(alerts);

var sync = builder.AddProject("sync", "../SyncService/SyncService.csproj")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(database)
    .WithReference(rabbitmq)
    .WaitFor(gateway)
    .WaitFor(alerts);

var console = builder.AddProject("console", "../OpsConsole/OpsConsole.csproj")
    .WithHttpEndpoint(port: Ports.Console)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(rabbitmq)
    .WaitFor(rabbitmq);

if (Publishing.IsAskedFor(args) || TwilioFromEnvironment.IsGiven)
{
    var accountSid = builder.AddParameter("twilioAccountSid", () => TwilioFromEnvironment.AccountSid);
    var authToken = builder.AddParameter("twilioAuthToken", () => TwilioFromEnvironment.AuthToken, secret: true);
    var publicBaseUrl = builder.AddParameter("publicBaseUrl", () => TwilioFromEnvironment.PublicBaseUrl);
    foreach (var service in new[] { gateway, numbers })
    {
        service
            .WithEnvironment("Twilio__AccountSid", accountSid)
            .WithEnvironment("Twilio__AuthToken", authToken)
            .WithEnvironment("Twilio__PublicBaseUrl", publicBaseUrl);
    }

    gateway.WithEnvironment(
        "Twilio__SecondaryAuthToken",
        builder.AddParameter("twilioSecondaryAuthToken", () => TwilioFromEnvironment.SecondaryAuthToken, secret: true));
    numbers.WithEnvironment(
        "Numbers__VerificationPhone",
        builder.AddParameter("verificationPhone", () => TwilioFromEnvironment.VerificationPhone));
}
else
{
    var simulator = builder.AddProject("simulator", "../Simulator/Simulator.csproj")
        .WithHttpEndpoint(port: Ports.Simulator)
        .WithExternalHttpEndpoints()
        .WithHttpHealthCheck("/health")
        .WithEnvironment("Simulator__DefaultSmsUrl", SampleData.SmsUrl)
        .WithSampleData();

    foreach (var service in new[] { gateway, numbers })
    {
        service
            .WithEnvironment("Twilio__AccountSid", SampleData.AccountSid)
            .WithEnvironment("Twilio__AuthToken", SampleData.AuthToken)
            .WithEnvironment("Twilio__ApiBaseUrl", SampleData.SimulatorAddress)
            .WithEnvironment("Twilio__PublicBaseUrl", SampleData.GatewayAddress);
    }

    gateway.WithEnvironment("ApiKeys__DevelopmentKey", SampleData.ApiKey);
    alerts.WithSampleMail();
    numbers.WithEnvironment("Numbers__VerificationPhone", SampleData.OwnerPhone);
    console.WithReference(simulator);

    foreach (var service in new[] { gateway, numbers, sync, alerts, console })
    {
        service.WithEnvironment("SampleData__Enabled", "true");
    }
}

builder.Build().Run();
