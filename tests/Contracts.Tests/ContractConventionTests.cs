using System.Collections;
using System.Text.Json;

namespace PhoneMasking.Contracts.Tests;

/// <summary>What every contract keeps to; MassTransit routes by namespace and type name, so neither ever changes.</summary>
public sealed class ContractConventionTests
{
    private static readonly Type[] Exported = typeof(IAuditedEvent).Assembly.GetExportedTypes();

    public static TheoryData<Type> Events() =>
        [.. Exported.Where(type => type.IsClass && type.IsAssignableTo(typeof(IAuditedEvent)))];

    public static TheoryData<Type> Records() => [.. Exported.Where(type =>
        type.IsClass && type.GetMethod("<Clone>$") is not null && type.GetConstructors() is [{ } only] && only.GetParameters().Length > 0)];

    [Fact]
    public void EveryContract_IsInTheOneNamespace() =>
        Assert.All(Exported, type => Assert.Equal("PhoneMasking.Contracts", type.Namespace));

    [Fact]
    public void Contracts_ReferenceNoPackage() => Assert.All(
        typeof(IAuditedEvent).Assembly.GetReferencedAssemblies(),
        reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void EveryMessage_IsSealedAndImmutable() => Assert.All(
        Records().Select(row => row.Data),
        type =>
        {
            Assert.True(type.IsSealed, type.Name);
            Assert.All(type.GetProperties(), property => Assert.True(
                property.SetMethod is null || property.SetMethod.ReturnParameter.GetRequiredCustomModifiers().Length == 1,
                $"{type.Name}.{property.Name} can be set"));
        });

    [Fact]
    public void EveryPastTenseMessage_IsAudited()
    {
        string[] endings =
        [
            "Changed", "Opened", "Closed", "Sent", "Failed", "Delivered", "Relayed", "Merged", "Seen", "Exhausted", "Ordered", "Bought",
            "Allocated", "Assigned", "NumberReady", "Removed", "Ran", "KeyCreated", "Revoked",
            "Extended", "Kept", "SentAgain", "Discarded", "RecordsExported", "AccessRefused", "OrganisationCreated",
            "Retried", "RetryDropped", "Alerted", "AlertDropped", "ConsoleSignedIn", "SignInRefused", "ConsoleSignedOut", "Blocked",
        ];

        // The one message that only carries audited events.
        var events = Exported.Where(type => type != typeof(MessagesDelivered)
            && Array.Exists(endings, ending => type.Name.EndsWith(ending, StringComparison.Ordinal)));

        Assert.Equal(Events().Select(row => row.Data.Name).Order(), events.Select(type => type.Name).Order());
    }

    [Fact]
    public void NoName_EndsInItsKind()
    {
        string[] kinds = ["Event", "Command", "Message", "Dto"];

        Assert.DoesNotContain(
            Exported,
            type => type != typeof(IAuditedEvent) && Array.Exists(kinds, kind => type.Name.EndsWith(kind, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void EveryMessage_ThroughJson_StaysTheSame(Type type)
    {
        var message = Sample.Of(type);

        var json = JsonSerializer.Serialize(message, type, JsonSerializerOptions.Web);
        var back = JsonSerializer.Deserialize(json, type, JsonSerializerOptions.Web);

        Assert.Equal(json, JsonSerializer.Serialize(back, type, JsonSerializerOptions.Web));
        Assert.All(type.GetProperties(), property => Assert.True(
            AreEqual(property.GetValue(message), property.GetValue(back)), $"{type.Name}.{property.Name} is lost in JSON"));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void EveryEvent_ThroughJson_ShowsTheAuditLogItsOwnIds(Type type)
    {
        var message = Sample.Of(type);

        var json = JsonSerializer.SerializeToElement(message, type, JsonSerializerOptions.Web);
        var back = (IAuditedEvent)json.Deserialize(type, JsonSerializerOptions.Web)!;

        // The audit log reads events by name from the bus: what the interface shows must stand in the JSON under that name.
        Assert.All(typeof(IAuditedEvent).GetProperties(), property =>
        {
            var shown = property.GetValue(message);
            Assert.Equal(shown, property.GetValue(back));
            var written = json.TryGetProperty(JsonNamingPolicy.CamelCase.ConvertName(property.Name), out var value)
                ? value.Deserialize(property.PropertyType, JsonSerializerOptions.Web)
                : null;
            Assert.Equal(shown, written);
        });
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void EveryMessage_Printed_ShowsNoNumberAndNoBody(Type type)
    {
        var printed = Sample.Of(type).ToString();

        Assert.DoesNotContain(Sample.Number, printed, StringComparison.Ordinal);
        Assert.DoesNotContain(Sample.Number[2..], printed, StringComparison.Ordinal);
    }

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (string, string) => Equals(left, right),
        (IEnumerable some, IEnumerable others) => Printed(some).SequenceEqual(Printed(others)),
        _ => Equals(left, right),
    };

    private static IEnumerable<string> Printed(IEnumerable items) =>
        items.Cast<object>().Select(item => JsonSerializer.Serialize(item, item.GetType()));
}
