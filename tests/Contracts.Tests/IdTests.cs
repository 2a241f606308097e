using System.Text.Json;

namespace PhoneMasking.Contracts.Tests;

public sealed class IdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<Type> IdTypes() => [.. typeof(IAuditedEvent).Assembly.GetExportedTypes().Where(IsId)];

    [Fact]
    public void Json_IsAPlainUuid()
    {
        var id = SitterId.New(Noon);

        var json = JsonSerializer.Serialize(id, JsonSerializerOptions.Web);

        Assert.Equal($"\"{id.Value}\"", json);
        Assert.Equal(id, JsonSerializer.Deserialize<SitterId>(json, JsonSerializerOptions.Web));
    }

    [Fact]
    public void Json_Absent_IsNull()
    {
        Assert.Null(JsonSerializer.Deserialize<SitterId?>("null"));
        Assert.Equal("null", JsonSerializer.Serialize<SitterId?>(null));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"x\"")]
    [InlineData("7")]
    [InlineData("{}")]
    public void Json_NotAUuid_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SitterId>(json));

    [Fact]
    public void New_SortsByTheTimeItWasMade()
    {
        var earlier = MessageId.New(Noon);
        var later = MessageId.New(Noon.AddMilliseconds(1));

        Assert.True(string.CompareOrdinal(earlier.ToString(), later.ToString()) < 0);
        Assert.Equal(7, earlier.Value.Version);
    }

    [Fact]
    public void Default_Organisation_NeverChanges() =>
        Assert.Equal("01920000-0000-7000-8000-000000000001", OrganisationId.Default.ToString());

    [Theory]
    [MemberData(nameof(IdTypes))]
    public void EveryId_IsAUuidInJson_AndATypeOfItsOwn(Type type)
    {
        var value = Guid.CreateVersion7(Noon);

        var id = JsonSerializer.Deserialize($"\"{value}\"", type, JsonSerializerOptions.Web);

        Assert.IsType(type, id);
        Assert.Equal($"\"{value}\"", JsonSerializer.Serialize(id, type, JsonSerializerOptions.Web));
        Assert.Equal(value.ToString(), id.ToString());
        Assert.All(IdTypes().Where(other => other.Data != type), other => Assert.False(type.IsAssignableTo(other.Data)));
    }

    private static bool IsId(Type type) => type.IsValueType && type.GetInterfaces().Any(candidate =>
        candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IId<>));
}
