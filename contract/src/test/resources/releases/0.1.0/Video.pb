ü¥ïÇ„‘‚ü¥ïÇ„‘ ®¦å·3('2caption-0-Ã©:hashtags-1-Ã©:hashtags-2-Ã©Bcategory-0-Ã©Jlanguage-0-Ã©Rregion-0-Ã©Zcontent_class-0-Ã©b;
	name-0-Ã©×¿ §*
codec-0-Ã©2object_key-0-Ã©8‡ü¥ïÇ„‘b;
	name-0-Ã©×¿ §*
codec-0-Ã©2object_key-0-Ã©8‡ü¥ïÇ„‘h