namespace ScFm.Kernel.Tests.Quickstart;

public sealed class SampleAnnotationTests(SampleAnnotation notebook) : AnnotationTests(notebook), IClassFixture<SampleAnnotation>;
