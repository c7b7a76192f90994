€˜ö¨É¹Û	‚€˜ö¨É¹Û	 ®¦å·3('2caption-0-Ã©:hashtags-1-Ã©:hashtags-2-Ã©B
category-0Jpt-BRRBRZcontent_class-0-Ã©b;
	name-0-Ã©×¿ §*
codec-0-Ã©2object_key-0-Ã©8‡€˜ö¨É¹Û	b;
	name-0-Ã©×¿ §*
codec-0-Ã©2object_key-0-Ã©8‡€˜ö¨É¹Û	h